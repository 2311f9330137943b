# Profit of women's businesses over eight waves by arm: errors that allow for each owner's rows belonging together.
source("../common.R")
rows <- people()
rows$mentor <- as.numeric(rows$treat == 4)
rows$class <- as.numeric(rows$treat == 3)
base <- c("tprofits_b", "lage_b", "secondaryedu_b", "sec0_b", "sec1_b", "sec2_b", "sec3_b", "sec4_b", "I_emp_b")
full_rank <- function(X) X[, sort(qr(X)$pivot[seq_len(qr(X)$rank)])]

X <- full_rank(cbind(one = 1, as.matrix(rows[c("mentor", "class", base)]), sapply(1:7, function(w) rows$wave == w)))
y <- rows$tprofits
n <- nrow(X)
B <- solve(crossprod(X))
b <- drop(B %*% crossprod(X, y))
e <- y - drop(X %*% b)
member <- split(seq_len(n), rows$id)
G <- length(member)

minus_half <- function(M) {
  s <- eigen(M, symmetric = TRUE)
  s$vectors %*% (ifelse(s$values > 1e-9, 1 / sqrt(pmax(s$values, 1e-9)), 0) * t(s$vectors))
}
grown <- lapply(member, function(i) minus_half(diag(length(i)) - X[i, , drop = FALSE] %*% B %*% t(X[i, , drop = FALSE])))
sandwiched <- function(residual) {
  U <- t(sapply(names(member), function(g) crossprod(X[member[[g]], , drop = FALSE], residual[[g]])))
  B %*% crossprod(U) %*% B
}
plain <- sandwiched(lapply(member, function(i) e[i]))
cr2 <- sandwiched(Map(function(A, i) A %*% e[i], grown, member))

# Degrees of freedom as defined: the full matrix of residual makers, then the two traces.
residual_maker <- diag(n) - X %*% B %*% t(X)
freedom <- function(k) {
  P <- sapply(names(member), function(g) {
    i <- member[[g]]
    residual_maker[, i, drop = FALSE] %*% (grown[[g]] %*% (X[i, , drop = FALSE] %*% B[, k]))
  })
  M <- crossprod(P)
  sum(diag(M))^2 / sum(M^2)
}
two <- 2:3
by_wave <- lapply(1:7, function(w) {
  now <- rows[rows$wave == w, ]
  F <- full_rank(cbind(1, as.matrix(now[c("mentor", "class", base)])))
  all_base <- lm(now$tprofits ~ F - 1)
  short <- lm(tprofits ~ mentor + class + tprofits_b, data = now)
  list(
    n = nrow(now), value = unname(coef(all_base)[two]), errors = robust_errors(all_base, two),
    short_value = unname(coef(short)[two]), short_errors = robust_errors(short, two)
  )
})
save_expected(
  published = list(
    n = 2578, pooled = c(371.83, 124.51), pooled_error = c(133.02, 144.90),
    by_wave = c(266.06, 50.22, 321.06, 994.68, 915.59, 20.81, 35.86)
  ),
  # By clubSandwich 0.5.8 on the same rows: a second program beside the arithmetic here.
  other_program = list(
    CR2 = c(134.172458995812, 146.605603466593), df = c(223.54731036469, 220.307502517629)
  ),
  n = n, clusters = G, columns = ncol(X),
  value = unname(b[two]),
  CR0 = errors(plain)[two],
  CR1 = errors(plain * G / (G - 1))[two],
  CR1S = errors(plain * G / (G - 1) * (n - 1) / (n - ncol(X)))[two],
  CR2 = errors(cr2)[two],
  df = sapply(two, freedom),
  by_wave = by_wave,
  made_with = "sandwich"
)
