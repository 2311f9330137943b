# Weight after on weight before and arm, and effects in standard deviations with their exact interval.
source("../common.R")
girls <- people()
girls$arm <- factor(girls$arm, levels = c("Cont", "CBT", "FT"))
girls$gain <- girls$after - girls$before
model <- lm(after ~ before + arm, data = girls)

in_sd <- function(a, b) {
  size <- c(length(a), length(b))
  df <- sum(size) - 2
  pooled <- sqrt(sum((size - 1) * c(var(a), var(b))) / df)
  d <- (mean(a) - mean(b)) / pooled
  shrink <- gamma(df / 2) / (sqrt(df / 2) * gamma((df - 1) / 2))
  root <- sqrt(prod(size) / sum(size))
  limit <- function(share) {
    gap <- function(ncp) pt(d * root, df, ncp) - share
    uniroot(gap, d * root + c(-8, 8), tol = 1e-13)$root / root * shrink
  }
  list(
    d = d, g = shrink * d, low = limit(.975), high = limit(.025),
    error = shrink * sqrt(1 / root^2 + d^2 / (2 * sum(size)))
  )
}
arm <- split(girls, girls$arm)
welch <- t.test(arm$FT$gain, arm$Cont$gain)
with_offset <- lm(after ~ before + relevel(arm, "CBT") + offset(before), data = girls)
save_expected(
  published = c(49.7711, -0.5655, -4.0971, 4.5631),
  printed_model = unname(coef(with_offset)),
  coefficients = unname(coef(model)),
  df = model$df.residual,
  errors = robust_errors(model),
  after = list(FT = in_sd(arm$FT$after, arm$Cont$after), CBT = in_sd(arm$CBT$after, arm$Cont$after)),
  gain = list(FT = in_sd(arm$FT$gain, arm$Cont$gain), CBT = in_sd(arm$CBT$gain, arm$Cont$gain)),
  welch = list(
    value = unname(diff(rev(welch$estimate))), error = welch$stderr, df = unname(welch$parameter),
    low = welch$conf.int[1], high = welch$conf.int[2], p = welch$p.value
  ),
  made_with = "sandwich"
)
