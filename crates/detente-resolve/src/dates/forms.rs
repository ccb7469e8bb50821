//! The forms of dates that name a day, a month or a year: "June 19, 2023", "Monday", "the summer of 2022".

use super::calendar::{Expression, Turn, Unit, Whole, Year};
use super::scan::{Piece, Scanner};
use super::vocabulary::{Atom, Kind};
use crate::Granularity;

impl Scanner<'_, '_> {
    /// `2023-06-19`, `2023/06/19`, `2023.06.19`.
    pub(super) fn iso(&self, at: usize) -> Option<Piece> {
        let joined = (at..at + 4).all(|i| self.joined(i));
        let sign =
            |at: usize| self.is_dash(at) || self.atom(at).is_some_and(|a| a.is('/') || a.is('.'));
        if !(joined && sign(at + 1) && self.atom(at + 1)?.text == self.atom(at + 3)?.text) {
            return None;
        }
        let expression = Expression::Day {
            year: Some(Year::Is(self.year_number(at)?)),
            month: self.small(at + 2, 12)?,
            day: self.small(at + 4, 31)?,
            weekday: None,
        };
        Some(Piece::new(at + 5, expression))
    }

    /// `6/19/2023`, `19.06.2023`: a date where only one order of day and month is possible.
    pub(super) fn slashed(&self, at: usize) -> Option<Piece> {
        let sign = self.atom(at + 1)?;
        let joined = (at..at + 4).all(|i| self.joined(i));
        let stop = sign.is('.');
        if !joined || !(sign.is('/') || stop) || self.atom(at + 3)?.text != sign.text {
            return None;
        }
        let (first, second) = (self.small(at, 31)?, self.small(at + 2, 31)?);
        let year = Some(Year::Is(self.year_number(at + 4)?));
        let expression = match (first, second) {
            // With full stops the day goes first.
            (day, month) if month <= 12 && (stop || day > 12 || day == month) => {
                Expression::Day { year, month, day, weekday: None }
            }
            (month, day) if !stop && month <= 12 && day > 12 => {
                Expression::Day { year, month, day, weekday: None }
            }
            (a, b) if a <= 12 && b <= 12 => Expression::Open(Granularity::Day),
            _ => return None,
        };
        Some(Piece::new(at + 5, expression))
    }

    /// "New Year's Eve", "9/11", "Easter Sunday".
    pub(super) fn holiday(&self, at: usize) -> Option<Piece> {
        if let Some(piece) = self.movable(at) {
            return Some(piece);
        }
        let feast = self.words.feasts.find(self.atoms, at);
        let (end, value) = feast.or_else(|| self.words.days.find(self.atoms, at))?;
        let mut parts = value.rsplit('-').map(|part| part.parse::<i16>().ok());
        let (last, month, history) = if feast.is_some() {
            (value.parse().ok()?, None, None)
        } else {
            (parts.next()??, Some(parts.next()??), parts.next().flatten())
        };
        if history.is_none() && !self.atom(at)?.capital() {
            return None;
        }
        let (end, year) = match history {
            Some(year) => (end, Some(Year::Is(year))),
            None => self.year_after(end),
        };
        if history.is_none() && year.is_none() && self.only_modifies(at, end) {
            return None;
        }
        let expression = match month {
            Some(month) => Expression::Day {
                year,
                month: i8::try_from(month).ok()?,
                day: i8::try_from(last).ok()?,
                weekday: None,
            },
            None => Expression::Easter { days: last, year },
        };
        Some(Piece::new(end, expression))
    }

    /// "Thanksgiving": so many weekdays into a month.
    fn movable(&self, at: usize) -> Option<Piece> {
        let (end, value) = self.words.movable.find(self.atoms, at)?;
        let mut parts = value.split_whitespace().map(|part| part.parse::<i8>().ok());
        let (nth, weekday, month) = (parts.next()??, parts.next()??, parts.next()??);
        let (end, year) = self.year_after(end);
        let named = self.atom(at)?.capital() && (year.is_some() || !self.only_modifies(at, end));
        named.then(|| Piece::new(end, Expression::NthWeekday { nth, weekday, month, year }))
    }

    /// Whether a holiday that ends before atom `end` only says what a thing is: "Christmas trees", but not "Christmas attacks".
    fn only_modifies(&self, at: usize, end: usize) -> bool {
        let next = self.atom(end).filter(|a| a.kind == Kind::Word && a.lower != "'s");
        // "On Ash Wednesday the mine was shut", but not "called Christmas a sham".
        let dates = self.words.relations.find_before(self.atoms, at).is_some();
        next.is_some_and(|a| {
            let apart = dates && self.words.determiners.word(&a.lower).is_some();
            let happens = self.words.happenings.word(&a.lower).is_some();
            !apart && !happens && !self.stands_alone(end)
        })
    }

    /// "June 19, 2023", "June 19-20", "June 2023", "June last year", "June".
    pub(super) fn month_first(&self, at: usize) -> Option<Piece> {
        let (next, month) = self.month(at)?;
        // "March the 2nd".
        let the = usize::from(self.is_word(next, "the") && self.ordinal(next + 1).is_some());
        if let Some((end, day)) = self.day_number(next + the) {
            if let Some((end, last)) = self.range_end(end, day) {
                let (after, year) = self.year_after(end);
                // "on May 3 and 12 soldiers" are no two days.
                if year.is_some() || self.stands_alone(end) {
                    let contiguous = last == day + 1 || !self.is_word(end - 2, "and");
                    let days = self.days(year, month, day, last, at, contiguous);
                    return Some(Piece::new(after, days));
                }
            }
            let (end, year) = self.year_after(end);
            return Some(Piece::new(end, Expression::Day { year, month, day, weekday: None }));
        }
        let (end, year) = self.year_after(next);
        let expression = Expression::Month { year, month };
        let abbreviated = self.atom(at)?.lower.len() <= 3 && self.atom(at)?.lower != "may";
        // "Aug. and Sept. 1969".
        let joined = self.is_word(next, "and") || self.is_word(next, "to") || self.is_dash(next);
        let joined = joined && self.month(next + 1).is_some();
        if year.is_none() && abbreviated && !joined {
            return None;
        }
        Some(Piece { end, expression, bare: year.is_none() })
    }

    /// From one day of a month to another. "On 3 and 17 May" names two days, which no date holds; "between 3 and 17 May" does not.
    fn days(
        &self,
        year: Option<Year>,
        month: i8,
        first: i8,
        last: i8,
        at: usize,
        whole: bool,
    ) -> Expression {
        let between = at.checked_sub(1).is_some_and(|before| self.is_word(before, "between"));
        if whole || between {
            Expression::Days { year, month, first, last }
        } else {
            Expression::Open(Granularity::Day)
        }
    }

    /// "19 June 2023", "the 19th of June", "19-20 June", "the first of May".
    pub(super) fn day_first(&self, at: usize) -> Option<Piece> {
        let (mut next, day) = self
            .day_number(at)
            .or_else(|| self.ordinal(at).filter(|(end, _)| self.is_word(*end, "of")))?;
        let mut to = None;
        if let Some((after, last)) = self.range_end(next, day) {
            to = Some((last, last == day + 1 || !self.is_word(next, "and")));
            next = after;
        }
        // "the 12th day of March".
        if to.is_none()
            && next > at + 1
            && self.is_word(next, "day")
            && self.is_word(next + 1, "of")
        {
            next += 1;
        }
        if self.is_word(next, "of") || (self.is_dash(next) && self.joined(next)) {
            next += 1;
        }
        let (mut end, month) = self.month(next)?;
        if self.is_dash(end) && self.joined(end) {
            end += 1;
        }
        let (end, year) = self.year_after(end);
        let expression = match to {
            Some((last, whole)) => self.days(year, month, day, last, at, whole),
            None => Expression::Day { year, month, day, weekday: None },
        };
        Some(Piece::new(end, expression))
    }

    /// "the 9th", "the 5th of last month".
    pub(super) fn day_alone(&self, at: usize) -> Option<Piece> {
        let the = at.checked_sub(1).filter(|&before| self.is_word(before, "the"))?;
        let (end, day) = self.ordinal(at)?;
        if self.is_word(end, "of") {
            if let Some((end, by)) = self.shift_of(end + 1, Unit::Month) {
                return Some(Piece::new(end, Expression::DayOfMonth { day, shift: Some(by) }));
            }
            let month = self.is_word(end + 1, "the") && self.is_word(end + 2, "month");
            let expression = Expression::DayOfMonth { day, shift: None };
            return month.then(|| Piece::new(end + 3, expression));
        }
        let figures = self.atom(at)?.kind == Kind::Number;
        let before = the.checked_sub(1).and_then(|before| self.atom(before));
        let on = before.is_some_and(|a| {
            matches!(a.lower.as_ref(), "on" | "until" | "by" | "since" | "before")
        });
        // "on the 9th," but not "on the 9th floor" nor "on the first"; of "on the 9th shells fell" the tree decides.
        let alone = self.atom(end).is_none_or(|a| a.kind == Kind::Sign && !a.is('-'))
            || self.stands_alone(end);
        let expression = Expression::DayOfMonth { day, shift: None };
        (figures && on).then_some(Piece { end, expression, bare: !alone })
    }

    /// "the first Sunday in May", "the last Monday of September 2023".
    pub(super) fn nth_weekday(&self, at: usize) -> Option<Piece> {
        let at = at + usize::from(self.is_word(at, "the"));
        let (next, nth) = if self.is_word(at, "last") { (at + 1, 0) } else { self.ordinal(at)? };
        let (end, weekday) = self.weekday_name(next).filter(|_| nth <= 5)?;
        let of = self.is_word(end, "of") || self.is_word(end, "in");
        let (end, month) = self.month(end + 1).filter(|_| of)?;
        let (end, year) = self.year_after(end);
        Some(Piece::new(end, Expression::NthWeekday { nth, weekday, month, year }))
    }

    /// "Monday", "Monday morning", "Monday, June 19".
    pub(super) fn weekday(&self, at: usize) -> Option<Piece> {
        let (mut end, weekday) = self.weekday_name(at)?;
        // "the town of Mon." ends a sentence.
        let stop = self.atom(end - 1).is_some_and(|a| a.is('.')) && self.atom(end).is_none();
        if stop && self.words.relations.find_before(self.atoms, at).is_none() {
            return None;
        }
        if let Some((after, _)) = self.words.times.find(self.atoms, end) {
            end = after;
        }
        let mut next = end;
        if self.atom(next).is_some_and(|atom| atom.is(',') || atom.is('(')) {
            next += 1;
        }
        if self.is_word(next, "the") {
            next += 1;
        }
        let day =
            self.month_first(next).or_else(|| self.day_first(next)).or_else(|| self.iso(next));
        if let Some(Piece { end, expression: Expression::Day { year, month, day, .. }, .. }) = day {
            let expression = Expression::Day { year, month, day, weekday: Some(weekday) };
            return Some(Piece::new(end, expression));
        }
        // "Sunday week", "the Friday before last".
        let turn = if self.is_word(end, "week") {
            Some((end + 1, Turn::Later(1)))
        } else if self.is_word(end, "before") && self.is_word(end + 1, "last") {
            Some((end + 2, Turn::Earlier(1)))
        } else if self.is_word(end, "after") && self.is_word(end + 1, "next") {
            Some((end + 2, Turn::Week(2)))
        } else {
            None
        };
        if let Some((end, turn)) = turn.filter(|(end, _)| self.may_end(*end)) {
            return Some(Piece::new(end, Expression::Weekday { weekday, turn: Some(turn) }));
        }
        // "Monday last week", "Monday of this week".
        let of = next + usize::from(self.is_word(next, "of"));
        if next == end
            && let Some((shift_end, by)) = self.shift_of(of, Unit::Week)
        {
            let turn = Some(Turn::Week(by));
            return Some(Piece::new(shift_end, Expression::Weekday { weekday, turn }));
        }
        Some(Piece::new(end, Expression::Weekday { weekday, turn: None }))
    }

    /// Whether a phrase may end before atom `end`: "Sunday week", but not "Sunday week-long" nor "the Friday before last week".
    fn may_end(&self, end: usize) -> bool {
        self.unit(end).is_none()
            && self.month(end).is_none()
            && !(self.is_dash(end) && self.joined(end - 1))
    }

    /// "a week from Friday", "two weeks on Thursday".
    pub(super) fn weeks_from_day(&self, at: usize) -> Option<Piece> {
        let (next, number) = self.count(at)?;
        let (next, unit) = self.unit(next)?;
        let weeks = match unit {
            Unit::Week => number?,
            Unit::Fortnight => number?.checked_mul(2)?,
            _ => return None,
        };
        let from = self.is_word(next, "from");
        let one_on = self.is_word(next, "on") && (self.is_word(at, "a") || self.is_word(at, "one"));
        let (end, weekday) = self.weekday_name(next + 1).filter(|_| from || one_on)?;
        // "for a week on Monday", "for two weeks from Monday" are lengths.
        let length = at.checked_sub(1).and_then(|before| self.atom(before));
        let length = length.is_some_and(|a| self.words.lengths.word(&a.lower).is_some());
        let turn = Some(Turn::Later(weeks));
        (!length).then(|| Piece::new(end, Expression::Weekday { weekday, turn }))
    }

    /// "three Sundays ago".
    pub(super) fn weekdays_ago(&self, at: usize) -> Option<Piece> {
        let (next, number) = self.count(at)?;
        let day = self.atom(next).filter(|atom| atom.capital())?.lower.strip_suffix('s')?;
        let weekday = self.words.weekdays.word(day)?.parse().ok()?;
        let (end, value) = self.words.after.find(self.atoms, next + 1)?;
        let turn = Some(Turn::Earlier(number?.checked_sub(1)?));
        (value == "-1").then(|| Piece::new(end, Expression::Weekday { weekday, turn }))
    }

    /// "the last day of April", "the first nine months of 2014", "the first day of the month".
    pub(super) fn edge(&self, at: usize) -> Option<Piece> {
        let at = at + usize::from(self.is_word(at, "the"));
        let (next, value) = self.words.edges.find(self.atoms, at)?;
        let (next, many) = match self.count(next) {
            Some((counted, number)) => (counted, i8::try_from(number?).ok()?),
            None => (next, 1),
        };
        let (next, unit) = self.unit(next)?;
        let in_or_of = self.is_word(next, "of") || self.is_word(next, "in");
        if !matches!(unit, Unit::Day | Unit::Month) || !in_or_of {
            return None;
        }
        let (end, whole) = if let Some((end, month)) = self.month(next + 1) {
            let (end, year) = self.year_after(end);
            (end, Whole::Month { year, month })
        } else if let (end, Some(year)) = self.year_after(next) {
            (end, Whole::Year(year))
        } else if let Some((end, by)) = self.shift_of(next + 1, Unit::Month) {
            (end, Whole::MonthShift(by))
        } else if self.is_word(next + 1, "the") && self.is_word(next + 2, "month") {
            (next + 3, Whole::MonthShift(0))
        } else {
            return None;
        };
        // "the first day of April's talks", "the last day of May elections".
        if self.is_word(end, "'s") || (unit == Unit::Month && !matches!(whole, Whole::Year(_))) {
            return None;
        }
        Some(Piece::new(end, Expression::Edge { whole, unit, many, last: value == "last" }))
    }

    /// "the summer of 2022", "spring 2022", "the winter of 2022-23".
    pub(super) fn season(&self, at: usize) -> Option<Piece> {
        let (end, months) = self.words.seasons.find(self.atoms, at)?;
        let of = end + usize::from(self.is_word(end, "of"));
        if let Some((end, years)) = self.years(of) {
            return Some(Piece::new(end, years));
        }
        let (end, year) = self.year_after(end);
        if let Some(year) = year {
            return Some(Piece::new(end, Expression::Season { year }));
        }
        // "in the autumn", but not "the fall of Aleppo", "the Arab Spring" nor "the summer's".
        let the = at.checked_sub(1).filter(|&before| self.is_word(before, "the")).unwrap_or(at);
        let case = the.checked_sub(1).and_then(|before| self.atom(before));
        let when = case.is_some_and(|a| {
            matches!(a.lower.as_ref(), "in" | "during" | "by" | "until" | "since" | "over")
        });
        let own = !self.atom(at)?.capital() && !self.is_word(end, "of") && !self.is_word(end, "'s");
        let (first, last) = super::elements::months(months)?;
        (when && own && !(self.is_dash(end) && self.joined(end - 1))).then_some(Piece {
            end,
            expression: Expression::SeasonNear { first, last },
            bare: true,
        })
    }

    /// "the nineteen-eighties", "the late seventies".
    pub(super) fn decade_in_words(&self, at: usize) -> Option<Piece> {
        let (end, value) = self.words.decades.find(self.atoms, at)?;
        let mut first = at;
        while let Some((before, _)) = self.words.parts.find_before(self.atoms, first)
            && before < first
        {
            first = before;
        }
        if first > 0 && self.is_dash(first - 1) {
            let part = self.words.parts.find_before(self.atoms, first - 1);
            first = part.map_or(first, |(before, _)| before);
        }
        // "the 'thirties".
        let quoted = first > 0
            && self.joined(first - 1)
            && self.atom(first - 1).is_some_and(|a| matches!(a.text, "'" | "’" | "‘"));
        let first = first - usize::from(quoted);
        let the = first.checked_sub(1).is_some_and(|before| self.is_word(before, "the"));
        let year: Option<i16> = value.parse().ok();
        let expression = match year {
            Some(year) => Expression::Years(year, year + 9),
            None => Expression::Open(Granularity::Decade),
        };
        the.then(|| Piece::new(end, expression))
    }

    /// "the second quarter of 2023", "the first half of the year", "the first quarter".
    pub(super) fn part_of_year(&self, at: usize) -> Option<Piece> {
        let at = at + usize::from(self.is_word(at, "the"));
        let (end, value) = self.words.quarters.find(self.atoms, at)?;
        let (first, last) = super::elements::months(value)?;
        let (after, year) = self.year_after(end);
        let quarter = last - first == 2;
        // "the first half" alone may be of anything, "the first quarter of the match" is, and "last quarter" counts from today.
        let alone = quarter
            && !self.is_word(at, "last")
            && !self.is_word(end, "of")
            && self.stands_alone(end);
        (year.is_some() || alone).then(|| Piece {
            bare: year.is_none(),
            ..Piece::new(after, Expression::Months { year, first, last })
        })
    }

    /// "1990s", "'90s".
    pub(super) fn decade(&self, at: usize) -> Option<Piece> {
        let digits = self.atom(at)?;
        if !(self.joined(at) && self.is_word(at + 1, "s")) {
            return None;
        }
        let whole = self.year_number(at).filter(|year| year % 10 == 0);
        let quoted = at > 0
            && self.joined(at - 1)
            && self.atom(at - 1).is_some_and(|a| matches!(a.text, "'" | "’" | "‘"));
        let short = digits.number().filter(|n| quoted && digits.text.len() == 2 && n % 10 == 0);
        let expression = match (whole, short) {
            (Some(year), _) => Expression::Years(year, year + 9),
            // Of "the '10s" the century is not known.
            (None, Some(short @ 30..)) => {
                let year = 1900 + i16::try_from(short).ok()?;
                Expression::Years(year, year + 9)
            }
            (None, Some(_)) => Expression::Open(Granularity::Decade),
            (None, None) => return None,
        };
        Some(Piece::new(at + 2, expression))
    }

    /// "2014-16", "2014-2016".
    fn years(&self, at: usize) -> Option<(usize, Expression)> {
        let first = self.year_number(at)?;
        if !((self.is_dash(at + 1) || self.atom(at + 1)?.is('/'))
            && self.joined(at)
            && self.joined(at + 1))
        {
            return None;
        }
        let last =
            self.atom(at + 2).filter(|a| matches!(a.text.len(), 2 | 4)).and_then(Atom::number)?;
        let last = i16::try_from(last).ok()?;
        let last = if last < 100 { first / 100 * 100 + last } else { last };
        let goes_on = self.joined(at + 2) && (self.is_dash(at + 3) || self.atom(at + 3)?.is('/'));
        (last > first && !goes_on).then_some((at + 3, Expression::Years(first, last)))
    }

    /// "2021", or "2014-16" as a stretch of years.
    pub(super) fn bare_year(&self, at: usize) -> Option<Piece> {
        if let Some((end, year)) = self.short_year(at) {
            return Some(Piece { end, expression: Expression::Year(year), bare: true });
        }
        let year = self.year_number(at)?;
        let unit = |i: usize| {
            self.atom(i).is_some_and(|a| matches!(a.text, "%" | "°" | "." | ","))
                && self.joined(i - 1)
                && self.atom(i + 1).is_some_and(|a| a.kind == Kind::Number && self.joined(i))
        };
        if unit(at + 1) || self.atom(at + 1).is_some_and(|a| a.is('%')) {
            return None;
        }
        if at > 0
            && self.joined(at - 1)
            && self
                .atom(at - 1)
                .is_some_and(|a| !a.is('(') && !a.is('–') && !a.is('-') && !a.is('—'))
        {
            return None;
        }
        if let Some((end, expression)) = self.years(at) {
            return Some(Piece { end, expression, bare: true });
        }
        Some(Piece { end: at + 1, expression: Expression::Year(year), bare: true })
    }
}
