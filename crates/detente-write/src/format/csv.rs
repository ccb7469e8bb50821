//! A table as text, RFC 4180: a head of column names, then one line for each row.
//!
//! Tools that read tables of dyads count directed ones, so a meeting of `USA` and `CHN` is written both ways. To count event
//! mentions, count distinct values of `event`.

use std::borrow::Cow;
use std::io;

use detente_core::Record;

use super::{Out, RecordWriter};
use crate::table::{Cell, Table};

pub(super) struct Csv<'w> {
    table: &'static Table,
    out: ::csv::Writer<Out<'w>>,
    headed: bool,
}

impl<'w> Csv<'w> {
    pub(super) fn new(table: &'static Table, out: Out<'w>) -> Self {
        Self { table, out: ::csv::Writer::from_writer(out), headed: false }
    }

    fn head(&mut self) -> io::Result<()> {
        if !self.headed {
            self.out.write_record(self.table.columns.iter().map(|column| column.name))?;
            self.headed = true;
        }
        Ok(())
    }
}

impl RecordWriter for Csv<'_> {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        self.head()?;
        let mut written = Ok(());
        self.table.rows(record, &mut |cells| {
            if written.is_ok() {
                written = self.out.write_record(cells.iter().map(|cell| field(cell).into_owned()));
            }
        });
        Ok(written?)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.head()?;
        self.out.flush()
    }
}

fn field<'c>(cell: &'c Cell<'_>) -> Cow<'c, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => Cow::Borrowed(text),
        Cell::Integer(number) => Cow::Owned(number.to_string()),
        Cell::Number(number) => Cow::Owned(number.to_string()),
        Cell::Truth(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
        Cell::Day(day) => Cow::Owned(day.to_string()),
    }
}
