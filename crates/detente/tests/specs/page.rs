//! A Markdown page → its examples.

use detente_core::notation::RecordLine;

/// A text and what its record must hold.
pub(crate) struct Example {
    /// The heading above it, as part of a test's name.
    pub(crate) heading: String,
    /// Which example under that heading, from 1.
    pub(crate) number: usize,
    /// Line of the text block, from 1.
    pub(crate) line: usize,
    /// The text to code.
    pub(crate) text: String,
    /// The document's date.
    pub(crate) date: Option<String>,
    /// The document's language.
    pub(crate) language: String,
    /// What the record must hold.
    pub(crate) lines: Vec<RecordLine>,
    /// Known not to hold yet.
    pub(crate) open: bool,
}

/// The examples of a page, in order.
///
/// # Errors
/// `LINE: what is wrong`.
pub(crate) fn examples(page: &str) -> Result<Vec<Example>, String> {
    let mut examples: Vec<Example> = Vec::new();
    let (mut heading, mut number) = (String::from("top"), 0);
    let mut waiting: Option<Example> = None;
    let mut lines = page.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        if line.starts_with('#') {
            (heading, number) = (slug(line), 0);
        } else if let Some(info) = line.strip_prefix("```") {
            let mut block = Vec::new();
            for (at, line) in lines.by_ref() {
                if line == "```" {
                    break;
                }
                block.push((at, line));
            }
            let mut words = info.split_whitespace();
            match words.next() {
                Some("text") => {
                    number += 1;
                    let (mut date, mut language) = (None, "en".to_owned());
                    for word in words {
                        if word.starts_with(|c: char| c.is_ascii_digit()) {
                            date = Some(word.to_owned());
                        } else {
                            word.clone_into(&mut language);
                        }
                    }
                    waiting = Some(Example {
                        heading: heading.clone(),
                        number,
                        line: at + 1,
                        text: unwrapped(&block),
                        date,
                        language,
                        lines: Vec::new(),
                        open: false,
                    });
                }
                Some("record") => {
                    let Some(mut example) = waiting.take() else {
                        return Err(format!(
                            "{}: a record block needs a text block before it",
                            at + 1
                        ));
                    };
                    example.open = words.next() == Some("open");
                    for (at, line) in block.into_iter().filter(|(_, line)| !line.trim().is_empty())
                    {
                        let read = RecordLine::parse(line)
                            .map_err(|error| format!("{}: {error}", at + 1))?;
                        example.lines.push(read);
                    }
                    examples.push(example);
                }
                _ => {}
            }
        }
    }
    Ok(examples)
}

/// Lines of a paragraph joined with spaces, paragraphs with a blank line.
fn unwrapped(block: &[(usize, &str)]) -> String {
    let mut text = String::new();
    for (_, line) in block {
        let line = line.trim();
        if line.is_empty() {
            text.push_str("\n\n");
        } else {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push(' ');
            }
            text.push_str(line);
        }
    }
    text.trim().to_owned()
}

/// `## 3. Who` → `who`.
fn slug(heading: &str) -> String {
    let words = heading.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty() && !word.chars().all(|c| c.is_ascii_digit()));
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}
