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

# Clusters: across the sexes from R's influence of each person, within them from survfit's own clustered error.
grown <- function(influence, cluster) {
  sums <- rowsum(influence, cluster)
  sqrt(sum(sums^2) * length(sums) / (length(sums) - 1))
}
lung$across <- seq_len(nrow(lung)) %% 23
lung$within <- 100 * lung$sex + lung$across
whole <- rbind(lung[lung$sex == 2, ], lung[lung$sex == 1, ])
sign <- ifelse(whole$sex == 2, 1, -1)
of_women <- survfit(Surv(time, event) ~ 1, data = women)
of_men <- survfit(Surv(time, event) ~ 1, data = men)
height <- c(resid(of_women, times = year, type = "pstate"), resid(of_men, times = year, type = "pstate"))
length_lived <- c(resid(of_women, times = year, type = "auc"), resid(of_men, times = year, type = "auc"))
share_of <- ifelse(whole$sex == 2, by_sex$women$share, by_sex$men$share)
own <- sapply(1:2, function(sex) {
  mine <- survfit(Surv(time, event) ~ 1, data = lung[lung$sex == sex, ], cluster = within)
  summary(mine, times = year)$std.err
})
clusters_within <- length(unique(lung$within))

# Stand-ins for the outcome of each person, within each sex.
stand_in <- numeric(nrow(lung))
for (sex in 1:2) {
  mine <- lung$sex == sex
  stand_in[mine] <- pseudo(survfit(Surv(time, event) ~ 1, data = lung[mine, ]), times = year)
}

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
  clustered = list(
    difference = grown(sign * height, whole$across),
    log_ratio = grown(sign * height / share_of, whole$across),
    months = grown(sign * length_lived, whole$across),
    within = sqrt(sum(own^2) * clusters_within / (clusters_within - 1))
  ),
  weighted_whole = read_off(
    survfit(Surv(time, event) ~ 1, data = lung, weights = whole, conf.type = "plain", robust = FALSE), days
  ),
  weighted_broken = read_off(broken, days),
  weighted_broken_mean_time = as.list(c(
    value = summary(broken, rmean = year)$table[["rmean"]],
    error = sqrt(sum((lung$broken * resid(broken, times = year, type = "auc"))^2))
  )),
  influence_at_year = as.vector(resid(survfit(Surv(time, event) ~ 1, data = lung), times = year, type = "pstate")),
  stand_in_at_year = stand_in
)
