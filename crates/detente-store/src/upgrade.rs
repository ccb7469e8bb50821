//! The forms that a store has had, and the steps from one to the next.
//!
//! In goes a file that is empty or of an older form, out comes one of today's. Each step is one transaction, so that a program
//! that is killed on the way leaves a store of one form or the other, never between. What each form was is
//! kept as a file in `tests/compat/`, which every run of the tests opens.

use rusqlite::{Connection, TransactionBehavior};

/// Marks the file as ours, in the header where `file` looks, too: "Dtnt".
pub(crate) const APPLICATION: i64 = 0x4474_6e74;

/// One step: to which form it leads, and how.
pub(crate) struct Step {
    pub(crate) form: i64,
    pub(crate) sql: &'static str,
}

/// Every step from an empty file on, in order. A new form is a new step at the end; one that has been released is never changed.
pub(crate) const STEPS: &[Step] = &[Step { form: 1, sql: include_str!("schema.sql") }];

/// The form that this program writes.
pub(crate) const FORM: i64 = STEPS[STEPS.len() - 1].form;

/// The form of the open file; 0 for an empty one.
pub(crate) fn form(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Takes the steps that are missing.
pub(crate) fn upgrade(connection: &mut Connection, steps: &[Step]) -> rusqlite::Result<()> {
    for step in steps {
        // Another program may have taken it in the meantime: the form is asked for inside the transaction.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if form(&transaction)? < step.form {
            transaction.execute_batch(step.sql)?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", step.form)?;
            transaction.commit()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_taken_once_and_in_order() {
        const LATER: &[Step] = &[
            Step { form: 1, sql: "CREATE TABLE a (x); INSERT INTO a VALUES (1);" },
            Step { form: 2, sql: "ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x + 1;" },
        ];
        let mut connection = Connection::open_in_memory().unwrap();
        upgrade(&mut connection, &LATER[..1]).unwrap();
        assert_eq!(form(&connection).unwrap(), 1);
        for _ in 0..2 {
            upgrade(&mut connection, LATER).unwrap();
            assert_eq!(form(&connection).unwrap(), 2);
        }
        let sum: i64 =
            connection.query_row("SELECT sum(x + y) FROM a", [], |row| row.get(0)).unwrap();
        assert_eq!(sum, 3);
    }

    #[test]
    fn a_step_that_fails_leaves_the_form_before() {
        const BROKEN: &[Step] = &[
            Step { form: 1, sql: "CREATE TABLE a (x);" },
            Step { form: 2, sql: "CREATE TABLE b (x); INSERT INTO nowhere VALUES (1);" },
        ];
        let mut connection = Connection::open_in_memory().unwrap();
        assert!(upgrade(&mut connection, BROKEN).is_err());
        assert_eq!(form(&connection).unwrap(), 1);
        assert!(connection.prepare("SELECT x FROM b").is_err());
    }
}
