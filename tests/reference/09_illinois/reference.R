# Leaving and promotion: the lottery's effect, that on people whom it moved, and the comparison people print.
source("../common.R")
staff <- people("../../../data/illinois-workplace/2016/hr.csv")
staff$took <- ifelse(staff$assigned == 1, staff$participated, 0)

answer <- function(outcome) {
  rows <- staff[!is.na(staff[[outcome]]), ]
  y <- rows[[outcome]]
  drawn <- lm(y ~ rows$assigned)
  uptake <- lm(rows$took ~ rows$assigned)
  # Two stages, the residuals taken at the true uptake; the error by hand from its definition.
  Z <- cbind(1, rows$assigned)
  X <- cbind(1, rows$took)
  b <- solve(crossprod(Z, X), crossprod(Z, y))
  fitted <- Z %*% solve(crossprod(Z), crossprod(Z, X))
  bread <- solve(crossprod(fitted))
  meat <- crossprod(fitted * drop(y - X %*% b))
  V <- bread %*% meat %*% bread * nrow(X) / (nrow(X) - 2)
  # The same with people in made-up clusters, row by row in turn.
  by_iv <- AER::ivreg(y ~ took | assigned, data = data.frame(y = y, took = rows$took, assigned = rows$assigned))
  clustered <- clubSandwich::coef_test(by_iv, vcov = "CR2", cluster = seq_along(y) %% 61, test = "Satterthwaite")[2, ]
  offered <- rows$assigned == 1
  chosen <- lm(y[offered] ~ rows$took[offered])
  share <- tapply(y, rows$assigned, mean)
  size <- tapply(y, rows$assigned, length)
  welch <- t.test(y[offered], y[!offered])
  list(
    n = length(y),
    shares = unname(share[c("1", "0")]),
    drawn = list(
      value = unname(coef(drawn)[2]), errors = robust_errors(drawn, 2), df = unname(welch$parameter)
    ),
    ratio = list(value = share[["1"]] / share[["0"]], log_error = sqrt(sum((1 - share) / (share * size)))),
    uptake = list(value = unname(coef(uptake)[2]), error = errors(vcovHC(uptake, "HC1"))[2]),
    complier = list(value = b[2], error = sqrt(V[2, 2]), clustered = clustered$SE, df = clustered$df_Satt),
    took_part_or_not = list(n = sum(offered), value = unname(coef(chosen)[2]), errors = robust_errors(chosen, 2))
  )
}
save_expected(
  published = list(
    left_by_2017_08 = list(n = 4834, value = -0.022, error = 0.018, n_offered = 3300, chosen = -0.080, chosen_error = 0.011),
    promoted_by_2017_07 = list(n = 4146, value = -0.006, error = 0.022, n_offered = 2840, chosen = 0.019, chosen_error = 0.014)
  ),
  answers = lapply(
    setNames(nm = c("left_by_2017_08", "left_by_2019_01", "promoted_by_2017_07", "promoted_by_2019_01")), answer
  ),
  made_with = c("sandwich", "AER", "clubSandwich")
)
