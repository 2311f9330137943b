# Five scales of five items: how consistently each measures, among those who answered all five.
source("../common.R")
answers <- people()
turned <- c("A1", "C4", "C5", "E1", "E2", "O2", "O5")
answers[turned] <- 7 - answers[turned]

consistency <- function(letter) {
  x <- na.omit(as.matrix(answers[paste0(letter, 1:5)]))
  n <- nrow(x)
  k <- ncol(x)
  S <- cov(x)
  a <- k / (k - 1) * (1 - sum(diag(S)) / sum(S))
  feldt <- 1 - (1 - a) * qf(c(.975, .025), n - 1, (n - 1) * (k - 1))
  one <- factanal(covmat = S, factors = 1, n.obs = n, control = list(nstart = 1, opt = list(factr = 10, pgtol = 0)))
  loading <- abs(one$loadings[, 1]) * sqrt(diag(S))
  unique <- one$uniquenesses * diag(S)
  list(
    n = n, alpha = a, low = feldt[1], high = feldt[2],
    omega = sum(loading)^2 / (sum(loading)^2 + sum(unique)),
    item_rest = unname(sapply(seq_len(k), function(j) cor(x[, j], rowSums(x[, -j]))))
  )
}
unturned <- na.omit(transform(answers[paste0("A", 1:5)], A1 = 7 - A1))
save_expected(
  turned = turned,
  published = list(A = 0.70, C = 0.73, E = 0.76, N = 0.81, O = 0.60),
  scales = lapply(setNames(nm = c("A", "C", "E", "N", "O")), consistency),
  a1_not_turned = list(
    alpha = 5 / 4 * (1 - sum(diag(cov(unturned))) / sum(cov(unturned))),
    item_rest = cor(unturned$A1, rowSums(unturned[, -1]))
  ),
  made_with = character()
)
