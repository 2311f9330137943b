# Open Seeds: who came back, became a mentor, took a leading role, over all first cohorts that were followed.
source("../common.R")
rows <- people(file.path("..", "..", "..", "data", "open-seeds", "participants.csv"))
first <- rows[rows$first_time == 1, ]
by_cohort <- lapply(split(first, first$cohort), function(g) list(
  people = nrow(g), back = sum(g$returned), back_next = sum(g$returned & g$cohorts_to_return == 1), mentor = sum(g$became_mentor)))
followed <- first[first$cohort < 8, ]
curve <- function(time, event) {
  s <- summary(survfit(Surv(followed[[time]], followed[[event]]) ~ 1, conf.type = "log-log"), times = 1:7, extend = TRUE)
  list(share = 1 - s$surv, low = 1 - s$upper, high = 1 - s$lower, events = sum(followed[[event]]))
}
save_expected(
  by_cohort = by_cohort, n = nrow(followed), coming_back = curve("cohorts_to_return", "returned"),
  mentoring = curve("cohorts_to_mentor", "became_mentor"), leading = curve("cohorts_to_lead", "took_lead"),
  to_print = list(coming_back = c(.2445, .2807, .3139, .3370), mentoring = c(.1254, .1509, .1842, .1842), leading = c(.2100, .2388, .2797, .2964)),
  made_with = "survival"
)
