"""The catalogue: every rule that a derivation may use, in the order in which a careful student would try them."""

from dataclasses import replace

from derive.language.claims import Rule
from derive.rules import (
    antiderivatives,
    beta,
    circular,
    drawing,
    exponential,
    hypergeometric,
    lagrange,
    lattice,
    measure,
    parts,
    polynomials,
    proofs_series,
    proofs_special,
    ranges,
    series,
    special,
    substitution,
    telescoping,
    terminating,
)
from derive.rules.proofs import PROOFS

TACTICS: tuple[Rule, ...] = (
    # sums that are written out, and what does not depend on the variable
    measure.FINITE_SUM,
    measure.SHORT_RANGE,
    measure.CONSTANT_SEQUENCE,
    measure.INTERVAL_LENGTH,
    # series in standard form, whose terms begin with 1
    series.GEOMETRIC_SERIES,
    series.FINITE_GEOMETRIC_SUM,
    series.EXPONENTIAL_SERIES,
    series.EXPONENTIAL_SUM,
    drawing.VANDERMONDE,
    drawing.VANDERMONDE_SUPPORT,
    terminating.BINOMIAL_THEOREM,
    hypergeometric.BINOMIAL_SERIES,
    hypergeometric.COSH_SERIES,
    hypergeometric.SINH_SERIES,
    hypergeometric.BESSEL_SERIES,
    hypergeometric.LOG_SERIES,
    hypergeometric.ATANH_SERIES,
    hypergeometric.ASIN_SERIES,
    hypergeometric.CATALAN_SERIES,
    hypergeometric.BALLOT_SERIES,
    hypergeometric.GAUSS_THEOREM,
    hypergeometric.DIXON_THEOREM,
    terminating.VANDERMONDE_BETA,
    terminating.SAALSCHUTZ_THEOREM,
    telescoping.TELESCOPING_SUM,
    telescoping.TELESCOPING_SERIES,
    hypergeometric.HYPERGEOMETRIC_DEFINITION,
    hypergeometric.HYPERGEOMETRIC_AT_ONE,
    lagrange.ABEL_SERIES,
    lagrange.ROTHE_SERIES,
    measure.CONSTANT_FACTOR,
    # bars and cases: settle them where the support decides, split the support where it does not
    measure.ALGEBRA,
    *special.BEFORE_SPLITTING,
    measure.SPLIT_SUPPORT,
    # integrals that a table gives
    antiderivatives.SIMPLE,
    antiderivatives.SURVIVAL,
    exponential.GAUSSIAN_INTEGRAL,
    exponential.GAMMA_DEFINITION,
    beta.BETA_DEFINITION,
    circular.BESSEL_INTEGRAL,
    circular.FULL_PERIOD_SHIFT,
    measure.MIRROR,
    measure.SHIFT,
    measure.EXPONENTIALS,
    antiderivatives.ARCTANGENT,
    substitution.INCREASING,
    substitution.DECREASING,
    exponential.GAMMA_INTEGRAL,
    exponential.INVERSE_GAMMA_INTEGRAL,
    beta.BETA_INTEGRAL,
    beta.BETA_PRIME_INTEGRAL,
    beta.BETA_ON_HALF_LINE,
    # integrals of special functions
    *special.TABLE,
    # sums: cases and ranges
    ranges.NOTHING,
    ranges.SPECIAL_POINT,
    ranges.SPLIT_RANGE,
    ranges.MIRROR_INDEX,
    ranges.LATER_START,
    ranges.WITHOUT_HEAD,
    ranges.BY_REMAINDER,
    # series that have a name
    lattice.ZETA_DEFINITION,
    lattice.HARMONIC_DEFINITION,
    series.LOGARITHMIC_SERIES,
    lattice.POLYLOG_DEFINITION,
    lattice.THETA_DEFINITION,
    lattice.BESSEL_GENERATING,
    lattice.LORENTZIAN_SERIES,
    lattice.CUT_OFF,
    measure.SHIFT_INDEX,
    drawing.TO_DRAWING,
    hypergeometric.SAME_RATIO,
    polynomials.FALLING_FACTORIALS,
    lagrange.TO_ABEL,
    lagrange.ABEL_LAMBERT,
    lagrange.TO_ROTHE,
    ranges.WITHOUT_TAIL,
    lattice.UNIT_SLOPE,
    lattice.HURWITZ_DEFINITION,
    lattice.HURWITZ_DIFFERENCE,
    lattice.LERCH_DEFINITION,
    # rearrangements
    exponential.COMPLETE_SQUARE,
    antiderivatives.ERROR_FUNCTION,
    measure.BOUNDED_ANTIDERIVATIVE,
    measure.EVEN_INTEGRAND,
    measure.HIDDEN_CONSTANT,
    measure.ODD_PART,
    measure.ADD_PIECES,
    antiderivatives.COMPOSITE,
    parts.PARTS,
    lattice.THETA_SHIFTED,
    ranges.HALF_OF_EVEN,
    substitution.PROJECTIVE,
    substitution.LOGARITHMIC,
    substitution.SCALING_UP,
    substitution.SCALING_DOWN,
    *special.LAST,
)

# For a second way: what is quick and different first, and the scaling that leads to a definition.
SECOND_TACTICS: tuple[Rule, ...] = (
    measure.FINITE_SUM,
    antiderivatives.COMPOSITE,
    *(rule for rule in TACTICS if rule not in (measure.FINITE_SUM, antiderivatives.COMPOSITE)),
)

# Rules that the search does not look for in a total: they serve proofs of lemmas, closed forms and compositions.
OTHERS: tuple[Rule, ...] = (
    measure.VALUE,
    measure.HYPOTHESIS,
    measure.PRODUCT_OF_INTEGRALS,
    measure.POLAR_COORDINATES,
    measure.POSITIVE_ROOT,
    beta.BETA_GAMMA,
)

DERIVED = {**PROOFS, **proofs_special.PROOFS, **proofs_series.PROOFS}
CATALOGUE: dict[str, Rule] = {rule.name: replace(rule, proof=DERIVED.get(rule.name)) for rule in (*TACTICS, *OTHERS)}
