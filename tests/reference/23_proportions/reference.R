# Intervals of shares and of their differences, by R's own tests where they give them, else as defined.
source("../common.R")
rows <- people()
single <- rows[is.na(rows$s2), ]
pairs <- rows[!is.na(rows$s2), ]
both <- function(f, a, b) unname(t(mapply(f, a, b)))

# prop.test without its correction inverts the score test, which is Wilson's interval.
wilson <- function(s, n, level = .95) {
  as.numeric(suppressWarnings(prop.test(s, n, conf.level = level, correct = FALSE)$conf.int))
}
exact <- function(s, n, level = .95) as.numeric(binom.test(s, n, conf.level = level)$conf.int)
hybrid <- function(s1, n1, s2, n2) {
  p <- s1 / n1
  q <- s2 / n2
  one <- wilson(s1, n1)
  two <- wilson(s2, n2)
  p - q + c(-sqrt((p - one[1])^2 + (two[2] - q)^2), sqrt((one[2] - p)^2 + (q - two[1])^2))
}
save_expected(
  published = list(
    wilson = list(c(.2553, .3662), c(.0624, .1605), c(0, .1611), c(.0061, .1718)),
    clopper_pearson = list(c(.2527, .3676), c(.0578, .1617), c(0, .1684), c(.0009, .1776)),
    newcombe = list(
      c(.0524, .3339), c(.1705, .8090), c(.0582, .8062), c(-.0381, .1926), c(-.1611, .2775), c(-.2775, .2775),
      c(.6791, 1), c(.6075, 1)
    )
  ),
  wilson = both(wilson, single$s1, single$n1),
  wilson_80 = both(function(s, n) wilson(s, n, .8), single$s1, single$n1),
  clopper_pearson = both(exact, single$s1, single$n1),
  clopper_pearson_80 = both(function(s, n) exact(s, n, .8), single$s1, single$n1),
  newcombe = unname(t(mapply(hybrid, pairs$s1, pairs$n1, pairs$s2, pairs$n2))),
  made_with = character(0)
)
