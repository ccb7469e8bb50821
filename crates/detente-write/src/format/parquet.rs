//! A table as Parquet: typed columns, compressed, as DuckDB, pandas and Spark read them.
//!
//! Rows are gathered in memory and written in groups of [`GROUP`], so that a file of any length takes the same memory. Compression is
//! Snappy, which every reader knows. Each column may be empty (`NULL`).

use std::io;
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::Type;
use detente_core::Record;
use jiff::civil::{Date, date};

use super::{Out, RecordWriter};
use crate::table::{Cell, Kind, Table};

/// Rows that are written together.
const GROUP: usize = 50_000;
const EPOCH: Date = date(1970, 1, 1);

pub(super) struct Parquet<'w> {
    table: &'static Table,
    /// What was there at the start; taken when the file is begun.
    out: Option<Out<'w>>,
    file: Option<SerializedFileWriter<Out<'w>>>,
    columns: Vec<Gathered>,
    rows: usize,
}

/// The cells of one column that wait to be written.
struct Gathered {
    /// For each row, 1 where the cell is not empty.
    filled: Vec<i16>,
    values: Values,
}

enum Values {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Number(Vec<f64>),
    Truth(Vec<bool>),
    Day(Vec<i32>),
}

impl<'w> Parquet<'w> {
    pub(super) fn new(table: &'static Table, out: Out<'w>) -> Self {
        let columns = table.columns.iter().map(|column| Gathered::new(column.kind)).collect();
        Self { table, out: Some(out), file: None, columns, rows: 0 }
    }

    fn file(&mut self) -> io::Result<&mut SerializedFileWriter<Out<'w>>> {
        if let Some(out) = self.out.take() {
            let properties = WriterProperties::builder()
                .set_compression(Compression::SNAPPY)
                .set_created_by("detente".to_owned());
            let schema = Arc::new(schema(self.table).map_err(fault)?);
            let file = SerializedFileWriter::new(out, schema, Arc::new(properties.build()));
            self.file = Some(file.map_err(fault)?);
        }
        self.file.as_mut().ok_or_else(|| io::Error::other("the Parquet file could not be begun"))
    }

    /// Writes the rows that were gathered.
    fn group(&mut self) -> io::Result<()> {
        self.file()?;
        let Some(file) = self.file.as_mut().filter(|_| self.rows > 0) else { return Ok(()) };
        let mut group = file.next_row_group().map_err(fault)?;
        for column in &mut self.columns {
            if let Some(mut writer) = group.next_column().map_err(fault)? {
                column.write(&mut writer).map_err(fault)?;
                writer.close().map_err(fault)?;
            }
        }
        group.close().map_err(fault)?;
        self.rows = 0;
        Ok(())
    }
}

impl RecordWriter for Parquet<'_> {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        self.table.rows(record, &mut |cells| {
            for (column, cell) in self.columns.iter_mut().zip(cells) {
                column.push(cell);
            }
            self.rows += 1;
        });
        if self.rows >= GROUP { self.group() } else { Ok(()) }
    }

    fn finish(&mut self) -> io::Result<()> {
        self.group()?;
        match &mut self.file {
            Some(file) => {
                file.finish().map_err(fault)?;
                io::Write::flush(file.inner_mut())
            }
            None => Ok(()),
        }
    }
}

impl Gathered {
    fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text => Values::Text(Vec::new()),
            Kind::Integer => Values::Integer(Vec::new()),
            Kind::Number => Values::Number(Vec::new()),
            Kind::Truth => Values::Truth(Vec::new()),
            Kind::Day => Values::Day(Vec::new()),
        };
        Self { filled: Vec::new(), values }
    }

    fn push(&mut self, cell: &Cell<'_>) {
        match (&mut self.values, cell) {
            (Values::Text(values), Cell::Text(text)) => values.push(text.as_ref().into()),
            (Values::Integer(values), Cell::Integer(number)) => values.push(*number),
            (Values::Number(values), Cell::Number(number)) => values.push(*number),
            (Values::Truth(values), Cell::Truth(truth)) => values.push(*truth),
            (Values::Day(values), Cell::Day(day)) => {
                let days = day.since((jiff::Unit::Day, EPOCH)).map_or(0, |span| span.get_days());
                values.push(days);
            }
            _ => return self.filled.push(0),
        }
        self.filled.push(1);
    }

    fn write(&mut self, out: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let filled = std::mem::take(&mut self.filled);
        let filled = Some(filled.as_slice());
        match &mut self.values {
            Values::Text(values) => {
                out.typed::<ByteArrayType>().write_batch(values, filled, None)?;
                values.clear();
            }
            Values::Integer(values) => {
                out.typed::<Int64Type>().write_batch(values, filled, None)?;
                values.clear();
            }
            Values::Number(values) => {
                out.typed::<DoubleType>().write_batch(values, filled, None)?;
                values.clear();
            }
            Values::Truth(values) => {
                out.typed::<BoolType>().write_batch(values, filled, None)?;
                values.clear();
            }
            Values::Day(values) => {
                out.typed::<Int32Type>().write_batch(values, filled, None)?;
                values.clear();
            }
        }
        Ok(())
    }
}

fn schema(table: &Table) -> Result<Type, ParquetError> {
    let fields = table.columns.iter().map(|column| {
        let (physical, logical) = match column.kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Integer => (Physical::INT64, None),
            Kind::Number => (Physical::DOUBLE, None),
            Kind::Truth => (Physical::BOOLEAN, None),
            Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
        };
        let field = Type::primitive_type_builder(column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical);
        field.build().map(Arc::new)
    });
    let fields = fields.collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder(table.name).with_fields(fields).build()
}

/// As a fault of the writer below, where it is one, so that a closed pipe is still told as such.
fn fault(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use ::parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;
    use crate::table::TABLES;

    #[test]
    fn rows_of_several_groups_read_back() {
        let sample = include_str!("../../tests/golden/sample.json");
        let record: Record = serde_json::from_str(sample).unwrap();
        let table = &TABLES[0];
        let mut in_record = 0;
        table.rows(&record, &mut |_| in_record += 1);
        let records = GROUP / in_record + 10;
        let mut bytes = Vec::new();
        let mut writer = Parquet::new(table, &mut bytes);
        for _ in 0..records {
            writer.record(&record).unwrap();
        }
        writer.finish().unwrap();
        drop(writer);
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        assert_eq!(reader.metadata().num_row_groups(), 2);
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(rows.len(), records * in_record);
        let last = rows.last().unwrap().to_string();
        for part in ["actor: \"TUR\"", "recipient: \"GRC\"", "lat: null", "confidence: 0.7"] {
            assert!(last.contains(part), "{part} in {last}");
        }
    }

    #[test]
    fn a_table_without_rows_is_a_whole_file() {
        let mut bytes = Vec::new();
        Parquet::new(&TABLES[1], &mut bytes).finish().unwrap();
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        assert_eq!(reader.metadata().file_metadata().num_rows(), 0);
    }
}
