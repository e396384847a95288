// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The Gregorian calendar, both ways. Years start in March here, so that the leap day comes last.

/// Year, month and day of a day counted from 1970-01-01, in the proleptic Gregorian calendar. 400
/// years (146,097 days) are one period.
pub(crate) fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

/// Days of the Gregorian calendar between 1970-01-01 and a date that is not before it.
#[cfg(feature = "client")]
pub(crate) fn days_since_1970(year: u64, month: u64, day: u64) -> Option<u64> {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year.checked_sub(1)?, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    (year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1).checked_sub(719_468)
}

#[cfg(all(test, feature = "client"))]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates_and_dates_days() {
        for days in (0..200_000).step_by(13) {
            let (year, month, day) = civil(days);
            let [year, month, day] = [year, month, day].map(|part| u64::try_from(part).unwrap());
            assert_eq!(days_since_1970(year, month, day), u64::try_from(days).ok());
        }
        assert_eq!(civil(-719_162), (1, 1, 1));
        assert_eq!(days_since_1970(1969, 12, 31), None);
    }
}
