# Shared by the scripts beside it; each is run from its own folder (see run.sh).
suppressMessages({library(jsonlite); library(sandwich); library(survival)})

people <- function(path = "data.csv") read.csv(path, stringsAsFactors = FALSE)

save_expected <- function(..., made_with = c("survival", "sandwich")) {
  versions <- lapply(setNames(nm = made_with), function(p) as.character(packageVersion(p)))
  content <- c(list(made_with = c(list(R = as.character(getRversion())), versions)), list(...))
  write_json(content, "expected.json", auto_unbox = TRUE, digits = NA, pretty = TRUE, na = "null")
}

errors <- function(V) unname(sqrt(diag(as.matrix(V))))

# Every sandwich for independent rows. With leverage 1 HC2 and HC3 divide nought by nought.
robust_errors <- function(model, which = seq_along(coef(model))) {
  kinds <- setNames(nm = c("const", "HC0", "HC1", "HC2", "HC3"))
  lapply(kinds, function(kind) {
    if (kind %in% c("HC2", "HC3") && any(hatvalues(model) > 1 - 1e-9)) return(rep(NA_real_, length(which)))
    errors(vcovHC(model, type = kind))[which]
  })
}
