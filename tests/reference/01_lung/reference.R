# Share surviving, its intervals, and time lived up to a year, overall and by sex.
source("../common.R")
lung <- people()
days <- c(90, 180, 365, 730)
year <- 365

curve <- function(rows, kind, ...) survfit(Surv(time, event) ~ 1, data = rows, conf.type = kind, ...)
read_off <- function(fit, at) {
  s <- summary(fit, times = at, extend = TRUE)
  list(at = at, share = s$surv, error = s$std.err, low = s$lower, high = s$upper)
}
mean_time <- function(rows) {
  t <- summary(curve(rows, "plain"), rmean = year)$table
  c(value = t[["rmean"]], error = t[["se(rmean)"]])
}
kinds <- setNames(nm = c("plain", "log", "log-log"))
all_times <- curve(lung, "plain")
has_death <- all_times$n.event > 0
men <- lung[lung$sex == 1, ]
women <- lung[lung$sex == 2, ]
by_sex <- lapply(list(men = men, women = women), function(rows) read_off(curve(rows, "log-log"), year))
months <- lapply(list(everybody = lung, men = men, women = women), function(rows) as.list(mean_time(rows)))

# Weights: whole numbers count people, others call for the robust error.
lung$whole <- 1 + seq_len(nrow(lung)) %% 3
lung$broken <- 0.5 + (seq_len(nrow(lung)) %% 7) / 4
broken <- survfit(Surv(time, event) ~ 1, data = lung, weights = broken, robust = TRUE)

# Stand-ins for the outcome of each person, within each sex.
stand_in <- numeric(nrow(lung))
for (sex in 1:2) {
  mine <- lung$sex == sex
  stand_in[mine] <- pseudo(survfit(Surv(time, event) ~ 1, data = lung[mine, ]), times = year)
}

# Clusters: the difference is that of the mean stand-ins, so clubSandwich's CR2 of their regression on sex is its error.
year_lived <- numeric(nrow(lung))
for (sex in 1:2) {
  mine <- lung$sex == sex
  year_lived[mine] <- pseudo(survfit(Surv(time, event) ~ 1, data = lung[mine, ]), times = year, type = "rmst")
}
share_of <- ifelse(lung$sex == 2, by_sex$women$share, by_sex$men$share)
clustered <- function(outcome, cluster) {
  fit <- lm(outcome ~ I(lung$sex == 2))
  tested <- clubSandwich::coef_test(fit, vcov = "CR2", cluster = cluster, test = "Satterthwaite")[2, ]
  list(value = tested$beta, error = tested$SE, df = tested$df_Satt)
}
clusters <- list(across = seq_len(nrow(lung)) %% 23)
clusters$within <- 100 * lung$sex + clusters$across

save_expected(
  published = list(n = 228, events = 165, median = 310, median_low = 285, median_high = 363),
  curve = list(
    times = all_times$time[has_death], share = all_times$surv[has_death],
    error = (all_times$std.err * all_times$surv)[has_death],
    at_risk = all_times$n.risk[has_death], events = all_times$n.event[has_death]
  ),
  read_off = lapply(kinds, function(kind) read_off(curve(lung, kind), days)),
  by_sex = by_sex,
  death_within_year_women_minus_men = list(
    value = by_sex$men$share - by_sex$women$share,
    error = sqrt(by_sex$men$error^2 + by_sex$women$error^2)
  ),
  log_ratio_women_to_men = list(
    value = log(by_sex$women$share / by_sex$men$share),
    error = sqrt((by_sex$men$error / by_sex$men$share)^2 + (by_sex$women$error / by_sex$women$share)^2)
  ),
  mean_time = months,
  mean_time_women_minus_men = list(
    value = months$women$value - months$men$value,
    error = sqrt(months$women$error^2 + months$men$error^2)
  ),
  clustered = lapply(clusters, function(cluster) list(
    difference = clustered(stand_in, cluster),
    log_ratio = clustered(log(share_of) + (stand_in - share_of) / share_of, cluster),
    months = clustered(year_lived, cluster)
  )),
  weighted_whole = read_off(
    survfit(Surv(time, event) ~ 1, data = lung, weights = whole, conf.type = "plain", robust = FALSE), days
  ),
  weighted_broken = read_off(broken, days),
  weighted_broken_mean_time = as.list(c(
    value = summary(broken, rmean = year)$table[["rmean"]],
    error = sqrt(sum((lung$broken * resid(broken, times = year, type = "auc"))^2))
  )),
  influence_at_year = as.vector(resid(survfit(Surv(time, event) ~ 1, data = lung), times = year, type = "pstate")),
  stand_in_at_year = stand_in,
  made_with = c("survival", "clubSandwich")
)
