# E-values as VanderWeele and Ding define them, and standardised differences turned into ratios.
source("../common.R")
rows <- people()
strength <- function(ratio) { above <- pmax(ratio, 1 / ratio); above + sqrt(above^2 - above) }
as_ratio <- function(x, scale, rare) {
  hazard <- (1 - 0.5^sqrt(x)) / (1 - 0.5^sqrt(1 / x))
  ifelse(scale == "RR" | rare == 1, x, ifelse(scale == "OR", sqrt(x), hazard))
}
estimate <- as_ratio(rows$estimate, rows$scale, rows$rare)
near <- as_ratio(ifelse(rows$estimate > 1, rows$lower, rows$upper), rows$scale, rows$rare)
crossed <- (near - 1) * (estimate - 1) <= 0
d <- c(0.5, 0.3); low <- d - qnorm(0.975) * 0.2
save_expected(
  name = rows$name, ratio = estimate, e_value = strength(estimate), near = near,
  e_value_near = ifelse(crossed, 1, strength(near)),
  standardised = list(d = d, ratio = exp(0.91 * d), low = exp(0.91 * low)),
  published = list(breastfeeding = c(7.26, 3.0), smoking = c(20.95, 15.52)), made_with = character(0)
)
