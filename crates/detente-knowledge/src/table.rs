//! Reading TOML tables so that every fault gets its place and a hint.
//!
//! In goes a file, out come its values with the byte where each stands. A key that no reader asked
//! for is a fault: `nmae = "Turkey"` gives "unknown key `nmae`; did you mean `name`?".

use std::cell::{Cell, RefCell};

use detente_core::Sector;
use toml::de::{DeTable, DeValue};

use crate::files::SourceFile;
use crate::nearest::hint;
use crate::{Fault, PartialDate};

/// A value and the byte of its file where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) at: usize,
}

/// Collects the faults of one file while it is read.
pub(crate) struct Reader<'f> {
    pub(crate) file: &'f SourceFile,
    faults: RefCell<Vec<Fault>>,
    /// A byte and its line, from where the next is counted.
    counted: Cell<(usize, usize)>,
}

impl<'f> Reader<'f> {
    pub(crate) fn new(file: &'f SourceFile) -> Self {
        Self { file, faults: RefCell::new(Vec::new()), counted: Cell::new((0, 1)) }
    }

    /// Line of a byte, from 1; cheap where bytes are asked for in order.
    pub(crate) fn line(&self, at: usize) -> usize {
        let (from, line) = self.counted.get();
        let (from, line) = if from <= at { (from, line) } else { (0, 1) };
        let between = self.file.text.get(from..at).unwrap_or("");
        let line = line + between.matches('\n').count();
        self.counted.set((at, line));
        line
    }

    /// Notes a fault at a byte of the file.
    pub(crate) fn fault(&self, at: usize, message: impl Into<String>, hint: Option<String>) {
        self.faults.borrow_mut().push(self.file.fault(at, message, hint));
    }

    /// Parses the file; what cannot be parsed is noted and left out.
    pub(crate) fn parse(&self) -> DeTable<'f> {
        let (table, errors) = DeTable::parse_recoverable(&self.file.text);
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            self.fault(at, error.message(), None);
        }
        table.into_inner()
    }

    /// Everything noted so far.
    pub(crate) fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }

    /// A string, or a fault.
    pub(crate) fn string<'t>(&self, value: &'t Value<'_>) -> Option<At<&'t str>> {
        let at = value.span().start;
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                self.fault(at, "an empty string says nothing", Some("leave it out".into()));
                None
            }
            DeValue::String(text) => Some(At { value: text.as_ref(), at }),
            other => {
                self.fault(at, format!("a string is expected, not {}", kind_of(other)), None);
                None
            }
        }
    }

    /// The items of an array, or a fault.
    pub(crate) fn items<'t, 'i>(&self, value: &'t Value<'i>) -> &'t [Value<'i>] {
        if let DeValue::Array(items) = value.get_ref() {
            items
        } else {
            let message = format!("a list is expected, not {}", kind_of(value.get_ref()));
            self.fault(value.span().start, message, Some("put it in brackets: [\"…\"]".into()));
            &[]
        }
    }

    /// The strings of an array of strings; others are faults.
    pub(crate) fn strings<'t>(&self, value: &'t Value<'_>) -> Vec<At<&'t str>> {
        self.items(value).iter().filter_map(|item| self.string(item)).collect()
    }

    /// A sector by its code, or a fault.
    pub(crate) fn sector(&self, code: At<&str>) -> Option<Sector> {
        let sector = Sector::from_code(code.value);
        if sector.is_none() {
            let known = Sector::ALL.into_iter().map(Sector::code);
            self.fault(
                code.at,
                format!("unknown sector `{}`", code.value),
                hint(code.value, known),
            );
        }
        sector
    }

    /// A date, or a fault.
    fn date(&self, value: &Value<'_>) -> Option<PartialDate> {
        let at = value.span().start;
        let read = match value.get_ref() {
            DeValue::Datetime(date) if date.time.is_none() && date.offset.is_none() => {
                date.date.and_then(|d| PartialDate::day(d.year, d.month, d.day))
            }
            DeValue::String(text) => PartialDate::parse(text),
            _ => None,
        };
        if read.is_none() {
            let hint = "write 2013-03-14, or \"2013-03\", or \"2013\"";
            self.fault(at, "this is not a date", Some(hint.into()));
        }
        read
    }
}

/// A value with its place.
pub(crate) type Value<'i> = toml::Spanned<DeValue<'i>>;

fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// One table while it is read: the keys that were asked for are the keys it may have.
pub(crate) struct Fields<'t, 'i> {
    reader: &'t Reader<'t>,
    table: &'t DeTable<'i>,
    /// Where the table stands.
    pub(crate) at: usize,
    asked: Vec<&'static str>,
}

impl<'t, 'i> Fields<'t, 'i> {
    pub(crate) fn new(reader: &'t Reader<'t>, table: &'t DeTable<'i>, at: usize) -> Self {
        Self { reader, table, at, asked: Vec::with_capacity(12) }
    }

    /// The fields of a value that must be a table.
    pub(crate) fn of(reader: &'t Reader<'t>, value: &'t Value<'i>) -> Option<Self> {
        let at = value.span().start;
        if let DeValue::Table(table) = value.get_ref() {
            Some(Self::new(reader, table, at))
        } else {
            let message = format!("a table is expected, not {}", kind_of(value.get_ref()));
            reader.fault(at, message, None);
            None
        }
    }

    /// The value of a key.
    pub(crate) fn value(&mut self, key: &'static str) -> Option<&'t Value<'i>> {
        self.asked.push(key);
        self.table.get(key)
    }

    /// A string that may be absent.
    pub(crate) fn string(&mut self, key: &'static str) -> Option<At<&'t str>> {
        let value = self.value(key)?;
        self.reader.string(value)
    }

    /// A string that must be there.
    pub(crate) fn required(&mut self, key: &'static str) -> Option<At<&'t str>> {
        if self.value(key).is_none() {
            let present = self.table.keys().map(|name| name.get_ref().as_ref());
            let near = crate::nearest::nearest(key, present)
                .map(|name| format!("is `{name}` meant to be it?"));
            self.reader.fault(self.at, format!("`{key}` is missing"), near);
        }
        self.string(key)
    }

    /// A list of strings; empty where it is absent.
    pub(crate) fn strings(&mut self, key: &'static str) -> Vec<At<&'t str>> {
        self.value(key).map_or_else(Vec::new, |value| self.reader.strings(value))
    }

    /// A number that may be absent.
    pub(crate) fn number(&mut self, key: &'static str) -> Option<At<f64>> {
        let value = self.value(key)?;
        let at = value.span().start;
        let read = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        if read.is_none() {
            self.reader.fault(at, format!("`{key}` must be a number"), None);
        }
        read.map(|value| At { value, at })
    }

    /// A truth value, false where it is absent.
    pub(crate) fn flag(&mut self, key: &'static str) -> bool {
        match self.value(key).map(|value| (value.span().start, value.get_ref())) {
            None => false,
            Some((_, DeValue::Boolean(flag))) => *flag,
            Some((at, _)) => {
                self.reader.fault(at, format!("`{key}` must be true or false"), None);
                false
            }
        }
    }

    /// A date that may be absent.
    pub(crate) fn day(&mut self, key: &'static str) -> Option<PartialDate> {
        self.dated(key).map(|day| day.value)
    }

    /// A date that may be absent, with its place.
    pub(crate) fn dated(&mut self, key: &'static str) -> Option<At<PartialDate>> {
        let value = self.value(key)?;
        self.reader.date(value).map(|day| At { value: day, at: value.span().start })
    }

    /// `from` and `until`, checked for their order.
    pub(crate) fn period(&mut self) -> (Option<PartialDate>, Option<PartialDate>) {
        let from = self.day("from");
        let until_value = self.value("until");
        let until = until_value.and_then(|value| self.reader.date(value));
        if let (Some(first), Some(last), Some(value)) = (from, until, until_value)
            && first.first > last.last
        {
            let message = "`until` is before `from`";
            self.reader.fault(value.span().start, message, None);
        }
        (from, until)
    }

    /// Every table of a list of tables; empty where it is absent.
    pub(crate) fn tables(&mut self, key: &'static str) -> Vec<Fields<'t, 'i>> {
        let reader = self.reader;
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        reader.items(value).iter().filter_map(|item| Fields::of(reader, item)).collect()
    }

    /// Notes every key that was not asked for.
    pub(crate) fn finish(self) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !self.asked.contains(&name) {
                let known = self.asked.iter().copied();
                let message = format!("unknown key `{name}`");
                self.reader.fault(key.span().start, message, hint(name, known));
            }
        }
    }
}

/// The entries of a table whose keys are names, in file order.
pub(crate) fn entries<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(At<&'t str>, &'t Value<'i>)> {
    let mut list: Vec<_> = table
        .iter()
        .map(|(key, value)| (At { value: key.get_ref().as_ref(), at: key.span().start }, value))
        .collect();
    list.sort_by_key(|(key, _)| key.at);
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str, read: impl Fn(&mut Fields<'_, '_>)) -> Vec<String> {
        let file = SourceFile::new("f.toml".into(), "f.toml".into(), text.into());
        let reader = Reader::new(&file);
        let table = reader.parse();
        let mut fields = Fields::new(&reader, &table, 0);
        read(&mut fields);
        fields.finish();
        reader.into_faults().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_unknown_key_gets_the_nearest() {
        let got = faults("name = 'a'\n aslo = ['b']", |fields| {
            fields.required("name");
            fields.strings("also");
        });
        assert_eq!(got, ["f.toml:2:2: unknown key `aslo`; did you mean `also`?"]);
    }

    #[test]
    fn a_wrong_type_is_told() {
        let got = faults("name = 3\nalso = 'x'\nfrom = 'May'", |fields| {
            fields.required("name");
            fields.strings("also");
            fields.period();
        });
        assert_eq!(got.len(), 3, "{got:?}");
        assert!(got[0].starts_with("f.toml:1:8: a string is expected, not a number"));
    }

    #[test]
    fn an_end_before_the_start_is_told() {
        let got = faults("from = 2013-03-14\nuntil = '2012'", |fields| {
            fields.period();
        });
        assert_eq!(got, ["f.toml:2:9: `until` is before `from`"]);
    }

    #[test]
    fn broken_toml_is_told_with_its_place() {
        let got = faults("name = \nalso = ['a'", |fields| {
            fields.string("name");
            fields.strings("also");
        });
        assert!(!got.is_empty());
        assert!(got.iter().all(|line| line.starts_with("f.toml:")), "{got:?}");
    }
}
