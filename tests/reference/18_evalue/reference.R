# How strong an unmeasured cause would have to be: E-values, and the robustness value of a regression coefficient.
source("../common.R")
rows <- people()

as_risk <- function(x, scale, common) {
  if (scale == "risk" || common == 0) return(x)
  if (scale == "odds") sqrt(x) else (1 - 0.5^sqrt(x)) / (1 - 0.5^sqrt(1 / x))
}
# The root above 1 of (e^2) / (2 e - 1) = ratio, the largest bias that a cause tied by e to both can make.
needed <- function(ratio) {
  ratio <- max(ratio, 1 / ratio)
  if (ratio == 1) 1 else uniroot(function(e) e^2 / (2 * e - 1) - ratio, c(1, 3 * ratio), tol = 1e-14)$root
}
one <- function(row) {
  value <- as_risk(row$value, row$scale, row$common)
  limits <- sapply(c(row$low, row$high), as_risk, row$scale, row$common)
  limit <- if (value > row$target) limits[1] else limits[2]
  passed <- (value > row$target) != (limit > row$target)
  list(
    ratio = value, limits = limits, e_value = needed(value / row$target),
    e_value_limit = if (passed) 1 else needed(limit / row$target)
  )
}
standardised <- function(d, error) {
  ratio <- exp(c(.91 * d, .91 * d - 1.78 * error, .91 * d + 1.78 * error))
  list(
    difference = d, error = error, ratio = ratio, e_value = needed(ratio[1]),
    e_value_limit = if (ratio[2] <= 1) 1 else needed(ratio[2])
  )
}

# The least share that brings the adjusted t to nought, or to what is significant, searched for over both its shares:
# the outcome's may be anything up to the share, that of taking part is the share itself.
robustness <- function(t, df, level = NULL) {
  wanted <- if (is.null(level)) 0 else qt(.5 + level / 2, df - 1)
  adjusted <- function(outcome, taking) {
    bias <- sqrt(df * outcome * taking / (1 - taking))
    (t - bias) * sqrt((1 - taking) / (1 - outcome) * (df - 1) / df)
  }
  worst <- function(share) {
    inside <- optimize(adjusted, c(0, share), taking = share, tol = 1e-12)$objective
    min(inside, adjusted(0, share), adjusted(share, share)) - wanted
  }
  if (adjusted(0, 0) <= wanted) 0 else uniroot(worst, c(1e-12, 1 - 1e-9), tol = 1e-14)$root
}
save_expected(
  published = list(
    breastfeeding = c(7.26, 3.00), smoking = c(20.95, 15.52),
    darfur = list(value = 0.09731582, error = 0.02325654, df = 783, robustness = 0.13878, at_95 = 0.07626)
  ),
  examples = lapply(split(rows, factor(rows$example, rows$example)), one),
  standardised = list(standardised(.5, .2), standardised(.3, .2)),
  robustness = lapply(
    list(c(4.18445, 783), c(1.2, 40), c(2.5, 40), c(9, 12), c(60, 12)),
    function(x) list(t = x[1], df = x[2], value = robustness(x[1], x[2]), at_95 = robustness(x[1], x[2], .95))
  ),
  made_with = character(0)
)
