# Weight gain of those who stopped smoking against those who went on: weighting, outcome model, balance.
source("../common.R")
suppressMessages(library(clubSandwich))
everybody <- people()
d <- everybody[!is.na(everybody$wt82_71), ]
n <- nrow(d)
A <- d$qsmk
Y <- d$wt82_71
known <- ~ sex + race + age + I(age^2) + factor(education) + smokeintensity + I(smokeintensity^2) + smokeyrs +
  I(smokeyrs^2) + factor(exercise) + factor(active) + wt71 + I(wt71^2)

# Weighting
score <- glm(update(known, qsmk ~ .), family = binomial, data = d, epsilon = 1e-14, maxit = 50)
p <- fitted(score)
w <- ifelse(A == 1, 1 / p, 1 / (1 - p))
steady <- ifelse(A == 1, mean(A) / p, mean(1 - A) / (1 - p))
m <- c(weighted.mean(Y[A == 1], w[A == 1]), weighted.mean(Y[A == 0], w[A == 0]))
known_weights <- sqrt(diag(vcovHC(lm(Y ~ A, weights = w), "HC0")))[[2]]
# Each person's part in the difference, then less what the fitted scores explain of it.
part <- (A * (Y - m[1]) / p - (1 - A) * (Y - m[2]) / (1 - p)) / n
X <- model.matrix(score)
S <- X * (A - p)
slope <- colSums(-X * (A * (Y - m[1]) * (1 - p) / p + (1 - A) * (Y - m[2]) * p / (1 - p))) / n
estimated_weights <- sqrt(sum((part + S %*% vcov(score) %*% slope)^2))

# Outcome model of the book, with one product
outcome <- lm(update(known, wt82_71 ~ qsmk + . + qsmk:smokeintensity), data = d)
both <- c(mean(predict(outcome, transform(d, qsmk = 1))), mean(predict(outcome, transform(d, qsmk = 0))))

# Outcome model with all products, the covariates centred on everybody, with and without the outcome
lin <- function(rows, all_rows) {
  C <- model.matrix(known, rows)[, -1]
  C <- sweep(C, 2, colMeans(model.matrix(known, all_rows)[, -1]))
  fit <- lm(rows$wt82_71 ~ rows$qsmk * C)
  b <- coef(fit)
  gap <- function(all) sweep(model.matrix(known, all)[, -1], 2, colMeans(model.matrix(known, all_rows)[, -1])) %*%
    tail(b, ncol(C))
  list(
    value = b[[2]], comparison = b[[1]],
    # Each person a cluster: CR2 is then HC2, and these are its degrees of freedom (Bell and McCaffrey).
    df = coef_test(fit, vcov = "CR2", cluster = seq_len(nrow(rows)), test = "Satterthwaite")$df_Satt[2],
    HC2 = vcovHC(fit, "HC2")[2, 2],
    people = var(drop(gap(all_rows))) / nrow(all_rows),
    columns = ncol(model.matrix(fit))
  )
}

# Balance as the kit defines it: pooled standard deviation of the unweighted groups, small-sample factor
gap_in_sd <- function(x, weight) {
  sizes <- table(factor(A, c(1, 0)))
  spread <- c(var(x[A == 1]), var(x[A == 0]))
  pooled <- sqrt(sum((sizes - 1) * spread) / (n - 2))
  shrink <- 1 - 3 / (4 * n - 9)
  middle <- function(a) weighted.mean(x[A == a], weight[A == a])
  shrink * (middle(1) - middle(0)) / pooled
}
compared <- c("age", "sex", "race", "wt71", "smokeintensity", "smokeyrs")
effective <- function(weight) sapply(c(1, 0), function(a) sum(weight[A == a])^2 / sum(weight[A == a]^2))
save_expected(
  published = list(
    n = 1566, naive = 2.5, naive_interval = c(1.7, 3.4), weighted = 3.4, weighted_interval = c(2.4, 4.5),
    mean_weight = 2.00, range_weight = c(1.05, 16.7), mean_steady = 1.00, range_steady = c(0.33, 4.30),
    outcome_model = 3.5
  ),
  naive = list(value = mean(Y[A == 1]) - mean(Y[A == 0]), error = errors(vcov(lm(Y ~ A)))[2]),
  score = list(
    coefficients = unname(coef(score)), errors = unname(sqrt(diag(vcov(score)))), lowest = min(p), highest = max(p)
  ),
  weighted = list(
    means = m, value = m[1] - m[2], known_weights = known_weights, estimated_weights = estimated_weights,
    mean_weight = mean(w), range_weight = range(w), mean_steady = mean(steady), range_steady = range(steady),
    effective = effective(w)
  ),
  outcome_model = list(coefficients = unname(coef(outcome)), means = both, value = both[1] - both[2]),
  standardised = list(those_seen = lin(d, d), everybody = lin(d, everybody)),
  balance = list(
    compared = compared,
    raw = unname(sapply(d[compared], gap_in_sd, weight = rep(1, n))),
    weighted = unname(sapply(d[compared], gap_in_sd, weight = w))
  )
)
