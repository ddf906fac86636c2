"""Final answers and short derivations in the mix of a homework, as several authors type them; and wrong lines beside each way of writing."""


import pytest
from judged_claims import judged_set, known_truth, otherwise, shares

from derive.grade.handed import UNDECIDED, WRONG, Claim
from derive.grade.judge import judge

KINDS = {  # one of each kind of writing
    "first": ("m1-fy-3", "m1-ph-5", "m1-mt-1", "m1-mt-7", "m1-mt-8", "m1-tg-2", "m1-tg-3", "m1-tg-4", "m1-tg-5", "m1-tg-7", "m1-a-4", "m1-a-8"),
    "fourth": ("m4-3", "m4-6", "m4-11", "m4-20", "m4-24", "m4-25", "m4-a-1"),
    "fifth": ("m5-2", "m5-13", "m5-22"),
    "third": ("m3-st-1", "m3-st-7", "m3-tr-5", "m3-eb-1", "m3-eb-11", "m3-eb-12"),
    "second": ("m2-an-5", "m2-sh-9", "m2-sh-10", "m2-ex-1", "m2-ex-7", "m2-ex-15"),
}
BARS = {  # right ones accepted, wrong ones refuted at their line: of the sets that were hardest when they were new, and of the last one
    "second": (0.99, 0.95), "third": (0.93, 0.94), "fifth": (0.99, 0.99),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_kinds_of_writing(name):
    found = judged_set(f"mix_{name}", KINDS[name])
    assert len(found) == len(KINDS[name]) and otherwise(found) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", BARS)
def test_whole_sets(name):
    accepted, refuted = shares(judged_set(f"mix_{name}"))
    assert accepted >= BARS[name][0] and refuted >= BARS[name][1]


ATTACKS = [  # set, problem, lines, verdict, first wrong line
    ("first", "m1-tan-window", (r"Z=\int_0^c(1+\operatorname{tg}^2x)\,dx", r"=\operatorname{ctg}c"), WRONG, 2),
    ("first", "m1-tan-window", (r"Z=\int_0^c\frac{dx}{\cos^2x}", r"=-\ctg x\Big|_0^c", r"=\tg c"), WRONG, 2),  # it is infinite
    ("first", "m1-sech2", (r"Z=\int_{\mathbb R}\frac{dx}{4\ch^2(x/s)}", r"=\frac s4\operatorname{cth}\frac xs\Big|_{-\infty}^\infty"), UNDECIDED, 0),
    ("first", "m1-even-poisson", (r"Z=\operatorname{sh}\lambda",), WRONG, 1),
    ("first", "m1-levy", (r"Z=\int_0^\infty x^{-3/2}e^{-c/(2x)}\,dx=\left|t=\frac1{\sqrt x}\right|=\int_0^\infty e^{-ct^2/2}\,dt",), WRONG, 1),
    ("first", "m1-levy", (r"Z=\int_0^\infty x^{-3/2}e^{-c/(2x)}\,dx=\left|t=\frac1{\sqrt x},\ dt=-\frac1{\sqrt x}\,dx\right|",), WRONG, 1),
    ("first", "m1-log-power", (r"Z=-\int_0^1x^p\ln x\,dx", r"u=\ln x,\ v'=x^p,\ u'=\frac1{x^2},\ v=\frac{x^{p+1}}{p+1}"), WRONG, 2),
    ("first", "m1-log-power", (r"Z=-\int_0^1x^p\ln x\,dx", r"u=\ln x,\ v'=x^p,\ u'=\frac1x,\ v=\frac{x^p}{p+1}"), WRONG, 2),
    ("first", "m1-log-power", (r"Z=-\int_0^1x^p\ln x\,dx=\Big[-\ln x\Big]_0^1",), WRONG, 1),
    ("first", "m1-spin-one", (r"Z=1+2\cosh\beta h=\frac{\sinh\frac32\beta}{\sinh\frac12\beta h}",), WRONG, 1),
    ("first", "m1-erlang", (r"Z=\int_{(0,\infty)}x^ne^{-bx}\,\lambda(dx)", r"=\frac{n!}{b^n}"), WRONG, 2),
    ("first", "m1-plane-power", (r"Z=\int_{\mathbb R^2}\frac{\mathrm d(x,y)}{(1+x^2+y^2)^p}=\frac{2\pi}{p-1}",), WRONG, 1),
    ("second", "m2-step", (r"Z=\int_0^1dx-\int_1^\infty e^{1-x}\,dx",), WRONG, 1),
    ("second", "m2-harmonic-pair", (r"Z=Z_qZ_p", r"Z_q=\sqrt{\frac{2\pi}{\beta k}}", r"Z_p=\sqrt{\frac{2\pi}{\beta m}}"), UNDECIDED, 0),
    ("second", "m2-harmonic-pair", (r"Z_q=\int e^{-\beta kq^2/2}dq", r"Z_p=\int e^{-\frac{\beta p^2}{2m}}dp=\sqrt{2\pi m}"), WRONG, 2),
    ("second", "m2-harmonic-pair", (r"Z=\int dq\int dp\,e^{-\beta H(q,p)},\quad H=\frac{p^2}m+\frac k2q^2",), WRONG, 1),
    ("second", "m2-harmonic-pair", (r"Z_q=\sqrt{\frac{2\pi}{\beta k}}", r"Z_p=\sqrt{\frac{2\pi m}\beta}", r"Z=Z_q+Z_p"), WRONG, 3),
    ("second", "m2-harmonic-pair", (r"Z_q=\sqrt{\frac{2\pi}{\beta k}}", r"Z_p=\sqrt{\frac{2\pi m}\beta}"), UNDECIDED, 0),
    ("second", "m2-power-well", (r"Z=2a^{2n+1}\prod_{k=1}^n\frac{2k}{2k+1}=\frac{2^{2n}(n!)^2}{(2n+1)!}a^{2n+1}",), WRONG, 1),
    ("second", "m2-bose", (r"Z=\frac1{\beta^3}\sum_{n=1}^\infty\frac{\Gamma(3)}{n^3}", r"\text{since the density is monotone}"), UNDECIDED, 0),
    ("third", "m3-half-t", (r"u=\frac1{1+x^2/d},\ x=\sqrt d\sqrt{\frac{1-u}u},\ dx=\frac{\sqrt d}2u^{-3/2}(1-u)^{-1/2}du",), WRONG, 1),
    ("third", "m3-frullani", (r"F(t)=\int_0^\infty\frac{e^{-ax}-e^{-tx}}xdx", "F(a)=0", r"F'(t)=\frac2t"), WRONG, 3),
    ("third", "m3-frullani", (r"F(t)=\int_0^\infty\frac{e^{-ax}-e^{-tx}}xdx", "F(a)=0", r"Z=F(b)=0"), WRONG, 3),
    ("third", "m3-cut-normal", (r"Z=\sqrt{2\pi}\int_c^\infty\varphi(x)\,dx", r"=\sqrt{2\pi}\,\Phi(c)"), WRONG, 2),
    ("third", "m3-double-well", (r"Z=\int e^{-E(x)}dx", r"E(x)=\frac{x^2-m^2}2+\log\cosh(mx)", r"Z=\sqrt{2\pi}e^{m^2}"), WRONG, 1),
    ("third", "m3-log-square", (r"Z=\lim_{\varepsilon\to0^+}\int_\varepsilon^1\ln x\,dx",), WRONG, 1),
    ("third", "m3-log-square", (r"Z=\lim_{\varepsilon\to0^-}\int_\varepsilon^1\ln^2x\,dx",), UNDECIDED, 0),
    ("third", "m3-ball", (r"Z=(2\pi)^{3/2}\sigma^2",), WRONG, 1),
    ("second", "m2-gumbel", (r"Z=\int_{-\infty}^\infty e^{-x/s-e^{-x/s}}\,dx", r"t=e^{-x/s},\ x=-\infty\mapsto t=0"), WRONG, 2),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "which", "lines", "verdict", "first"), ATTACKS)
def test_wrong_lines_beside_them(name, which, lines, verdict, first):
    truth = known_truth(f"chains_mix_{name}", which)
    found = judge(Claim("a", which, "steps", lines=lines), truth)
    assert (found.verdict, found.first_wrong_line) == (verdict, first), found.detail


MISTAKES = [  # set, id, kind of its mistake
    ("first", "m1-ph-4", "wrong-domain"),  # the ends of x are left to u = φ(x)
    ("second", "m2-an-8", "wrong-domain"),
    ("second", "m2-ex-6", "missing-jacobian"),  # dx dy = dr dφ
    ("first", "m1-cs-8", "off-by-one-gamma"),  # Γ(6) for Γ(5), where only the value is off by a number
    ("first", "m1-tg-6", "off-by-one-gamma"),
    ("first", "m1-mt-6", "lost-constant"),
    ("fifth", "m5-2", "wrong-domain"),
    ("fifth", "m5-8", "wrong-power"),  # du for u = x^(−k)
    ("fifth", "m5-10", "reciprocal"),  # a density in a derivation
    ("fifth", "m5-17", "off-by-one-index"),  # j! for (j + 1)!
    ("fourth", "m4-17", "algebra"),
    ("fourth", "m4-a-6", "wrong-power"),  # kT for (kT)^(3/2)
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "which", "kind"), MISTAKES)
def test_mistakes(name, which, kind):
    ((_, found),) = judged_set(f"mix_{name}", (which,))
    assert found.mistake is not None and found.mistake.kind == kind


FINAL = [
    ("first", "m1-fermi", r"2k_BT,\quad\beta=1/(k_BT)", WRONG),
    ("first", "m1-fermi", r"\frac{\ln2}{k_BT},\quad\beta=1/(k_BT)", WRONG),
    ("first", "m1-fermi", r"k_BT\ln2,\quad\beta=2/(k_BT)", UNDECIDED),
    ("first", "m1-softmax", r"\exp\left(\operatorname{logsumexp}_{k=0}^{K}(\eta k)\right)", WRONG),
    ("first", "m1-two-humps", r"k_BT", UNDECIDED),
]


@pytest.mark.parametrize(("name", "which", "text", "verdict"), FINAL)
def test_wrong_answers_beside_them(name, which, text, verdict):
    found = judge(Claim("a", which, "Z", text), known_truth(f"chains_mix_{name}", which))
    assert found.verdict == verdict, found.detail
