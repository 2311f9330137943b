# The kit's own analysis of data/kenya-mentoring in R.
# Each arm against the comparison: the outcome on the arm, centred covariates and waves, and their products, CR2 by owner.
source("../common.R"); suppressMessages(library(clubSandwich))
data <- file.path("..", "..", "..", "data", "kenya-mentoring", "dandora")
roster <- read.csv(file.path(data, "roster.csv")); waves <- read.csv(file.path(data, "waves.csv"))
before <- waves[waves$wave == 0, c("owner_id", "profit_trimmed")]; names(before)[2] <- "earlier"
roster <- merge(roster, before, all.x = TRUE)
effect <- function(arm) {
  everybody <- roster[roster$arm %in% c(arm, "control"), ]
  fill <- function(x) ifelse(is.na(x), mean(x, na.rm = TRUE), x) # fewer than ten lack one, so there is no flag
  covariates <- c("age", "secondary_education", "any_employee", "business_age_years", "earlier")
  for (name in covariates) { everybody[[name]] <- fill(everybody[[name]]); everybody[[name]] <- everybody[[name]] - mean(everybody[[name]]) }
  rows <- merge(waves[waves$wave > 0 & !is.na(waves$profit_trimmed), c("owner_id", "wave", "profit_trimmed")], everybody)
  rows$treated <- as.integer(rows$arm == arm)
  for (k in 2:7) rows[[paste0("w", k)]] <- as.integer(rows$wave == k) - 1 / 7
  terms <- c(covariates, paste0("w", 2:7))
  fit <- lm(as.formula(paste("profit_trimmed ~ treated * (", paste(terms, collapse = " + "), ")")), rows)
  found <- coef_test(fit, vcov = vcovCR(fit, rows$owner_id, "CR2"), test = "Satterthwaite", coefs = "treated")
  products <- coef(fit)[paste0("treated:", covariates)]
  by_person <- as.matrix(everybody[, covariates]) %*% products
  list(estimate = found$beta, std_error_model = found$SE, df = found$df_Satt, variance_people = var(drop(by_person)) / nrow(everybody))
}
save_expected(mentee = effect("mentee"), business_class = effect("business_class"), made_with = "clubSandwich")
