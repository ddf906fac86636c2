"""The catalogue: every rule that a derivation may use, in the order in which a careful student would try them."""

from dataclasses import replace

from derive.language.claims import Rule
from derive.rules import antiderivatives, beta, circular, exponential, measure, parts, series, substitution
from derive.rules.proofs import PROOFS

TACTICS: tuple[Rule, ...] = (
    # sums that are written out, and what does not depend on the variable
    measure.FINITE_SUM,
    measure.SHORT_RANGE,
    measure.CONSTANT_SEQUENCE,
    measure.INTERVAL_LENGTH,
    measure.CONSTANT_FACTOR,
    # bars and cases: settle them where the support decides, split the support where it does not
    measure.ALGEBRA,
    measure.SPLIT_SUPPORT,
    # integrals that a table gives
    antiderivatives.SIMPLE,
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
    # series that have a name
    series.ZETA_DEFINITION,
    series.LOGARITHMIC_SERIES,
    measure.SHIFT_INDEX,
    series.FIRST_TERM,
    series.GEOMETRIC_SERIES,
    series.EXPONENTIAL_SERIES,
    series.BINOMIAL_THEOREM,
    series.BINOMIAL_SERIES,
    series.FINITE_GEOMETRIC_SUM,
    # rearrangements
    exponential.COMPLETE_SQUARE,
    antiderivatives.ERROR_FUNCTION,
    measure.BOUNDED_ANTIDERIVATIVE,
    measure.EVEN_INTEGRAND,
    measure.HIDDEN_CONSTANT,
    measure.ODD_PART,
    antiderivatives.SURVIVAL,
    measure.ADD_PIECES,
    antiderivatives.COMPOSITE,
    parts.PARTS,
    series.TELESCOPING_SUM,
    series.TELESCOPING_SERIES,
    substitution.PROJECTIVE,
    substitution.LOGARITHMIC,
    substitution.SCALING_UP,
    substitution.SCALING_DOWN,
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

CATALOGUE: dict[str, Rule] = {rule.name: replace(rule, proof=PROOFS.get(rule.name)) for rule in (*TACTICS, *OTHERS)}
