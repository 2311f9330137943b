# Share of physicians still employed, when most come under observation some years into their employment.
source("../common.R")
rows <- people()
years <- c(1, 2, 3, 5, 7)
late <- survfit(Surv(entry, exit, event) ~ 1, data = rows, conf.type = "log-log", timefix = FALSE)
s <- summary(late, times = years, extend = TRUE)
left <- late$n.event > 0
save_expected(
  people = nrow(rows),
  left = sum(rows$event),
  at = years, share = s$surv, error = s$std.err, low = s$lower, high = s$upper,
  at_risk = late$n.risk[left],
  ignoring_entry = summary(survfit(Surv(exit, event) ~ 1, data = rows), times = years, extend = TRUE)$surv
)
