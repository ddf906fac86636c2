"""The integrals of special functions in the order in which they are tried: the particular before the general."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Symbol

from derive.algebra.signs import Facts
from derive.language.claims import Rule, Values
from derive.language.totals import Total
from derive.rules import bessel, bessel_i, bose, hyperbola, incomplete, kernels, kummer, legendre, orthogonal, sines, transforms, trigonometric
from derive.rules.letters import s


def unless_whole(rule: Rule, letter: Symbol) -> Rule:
    """The rule, for values of a letter that are no integers: with an integer something simpler may be found later."""

    def find(total: Total, facts: Facts) -> Iterator[Values]:
        yield from (values for values in rule.find(total, facts) if not values[letter].is_Integer)

    return replace(rule, find=find)


# Whole kernels, before bars are split and hyperbolic functions come apart into exponentials.
BEFORE_SPLITTING: tuple[Rule, ...] = (
    sines.EVEN_COSH_OVER_COSH,
    sines.COSH_OVER_COSH,
    sines.BETA_OF_SINH,
    sines.SINH_OVER_SINH,
    hyperbola.BESSEL_K_COSH,
    hyperbola.BESSEL_K_SINH,
    transforms.FRULLANI,
    hyperbola.VARIANCE_GAMMA,
    bessel.BESSEL_K_ON_LINE,
)

TABLE: tuple[Rule, ...] = (
    bessel.BESSEL_K_HALF,
    bessel.BESSEL_K_MINUS_HALF,
    bessel.BESSEL_K_DEFINITION,
    bessel.BESSEL_K_INTEGRAL,
    bessel.BESSEL_K_MELLIN,
    bessel.BESSEL_K_PRODUCT,
    bessel.BESSEL_K_LAPLACE,
    hyperbola.HYPERBOLIC,
    hyperbola.HYPERBOLIC_OVER_ROOT,
    hyperbola.GENERALIZED_HYPERBOLIC,
    hyperbola.BESSEL_K_ENERGY,
    hyperbola.BESSEL_K_THRESHOLD,
    hyperbola.BESSEL_K_THRESHOLD_MOMENT,
    hyperbola.BESSEL_K_SHIFTED,
    hyperbola.BESSEL_K_SHIFTED_MOMENT,
    bessel_i.POISSON_INTEGRAL,
    bessel_i.POISSON_ON_CIRCLE,
    bessel_i.TILTED_BESSEL_INTEGRAL,
    bessel_i.RICE_INTEGRAL,
    bessel_i.BESSEL_I_GAUSSIAN,
    bessel_i.BESSEL_I_GAUSSIAN_MELLIN,
    bessel_i.HOYT_INTEGRAL,
    bessel_i.BESSEL_I_LAPLACE,
    bessel_i.BESSEL_I_LAPLACE_MELLIN,
    bessel_i.AIRY_SQUARED,
    bessel_i.AIRY_MELLIN,
    bessel_i.AIRY_SQUARED_MELLIN,
    bose.BOSE_INTEGRAL,
    bose.FERMI_INTEGRAL,
    bose.POLYLOG_INTEGRAL,
    bose.SINH_INTEGRAL,
    bose.HURWITZ_INTEGRAL,
    bose.LERCH_INTEGRAL,
    bose.BOSE_SQUARED,
    bose.FERMI_SQUARED,
    bose.POLYLOG_SQUARED,
    bose.BOSE_TAIL,
    bose.DEBYE_INTEGRAL,
    incomplete.EXPONENTIAL_INTEGRAL,
    incomplete.LOWER_GAMMA,
    incomplete.UPPER_GAMMA,
    incomplete.INVERSE_LOWER_GAMMA,
    incomplete.INVERSE_UPPER_GAMMA,
    incomplete.GAMMA_BETWEEN,
    incomplete.SHIFTED_POWER,
    incomplete.OVER_SHIFTED_ONCE,
    incomplete.OVER_SHIFTED,
    incomplete.CUT_BETA,
    incomplete.ERFC_MELLIN,
    incomplete.UPPER_GAMMA_MELLIN,
    incomplete.EXPONENTIAL_INTEGRAL_MELLIN,
    incomplete.LOWER_GAMMA_MELLIN,
    transforms.UPPER_GAMMA_LAPLACE,
    transforms.LOWER_GAMMA_LAPLACE,
    transforms.ERF_UNDER_GAUSSIAN,
    kummer.KUMMER_INTEGRAL,
    unless_whole(kummer.EULER_HYPERGEOMETRIC, s),
    unless_whole(kummer.HALF_LINE_HYPERGEOMETRIC, s),
    unless_whole(kummer.APPELL_INTEGRAL, s),
    unless_whole(kummer.PARABOLIC_INTEGRAL, s),
    unless_whole(kummer.TRICOMI_INTEGRAL, s),
    kummer.NONCENTRAL_F,
    kummer.NONCENTRAL_BETA,
    kummer.HYPER_0F1_LAPLACE,
    kummer.HYPER_1F1_LAPLACE,
    legendre.LEGENDRE_CIRCLE,
    legendre.LEGENDRE_CIRCLE_BELOW,
    legendre.LEGENDRE_HALF_CIRCLE,
    legendre.LEGENDRE_HALF_CIRCLE_BELOW,
    legendre.COSINE_POWER_CIRCLE,
    legendre.COSINE_POWER_HALF_CIRCLE,
    legendre.HYPERGEOMETRIC_CIRCLE,
    legendre.HYPERGEOMETRIC_HALF_CIRCLE,
    kernels.BIQUADRATIC,
    kernels.BIQUADRATIC_RISING,
    kernels.BIQUADRATIC_MOMENT,
    kernels.BIQUADRATIC_MOMENT_RISING,
    sines.SINC_POWER,
    sines.ONE_MINUS_COSINE,
    sines.FEJER_KERNEL,
    sines.FEJER_HALF,
    sines.JACKSON_KERNEL,
    sines.JACKSON_HALF,
    kernels.GLASSER,
    kernels.GLASSER_EVEN,
    kernels.LOG_RATIO,
    sines.BETA_OF_SINES,
    sines.POWER_OF_SINE,
    trigonometric.SINE_EULER,
    trigonometric.ELLIPSE_EULER,
    orthogonal.ASSOCIATED_LAGUERRE,
    orthogonal.LAGUERRE,
    orthogonal.HYDROGEN,
    orthogonal.HERMITE,
    orthogonal.LEGENDRE,
    orthogonal.CHEBYSHEV_T,
    orthogonal.CHEBYSHEV_U,
    orthogonal.GEGENBAUER,
)

# Hypergeometric answers, where nothing simpler was found.
LAST: tuple[Rule, ...] = (
    kummer.EULER_HYPERGEOMETRIC,
    kummer.HALF_LINE_HYPERGEOMETRIC,
    kummer.APPELL_INTEGRAL,
    kummer.PARABOLIC_INTEGRAL,
    kummer.TRICOMI_INTEGRAL,
)
