//! Where forms are given up. Enters: which field was entered, changed, found wrong, and what became of the form; never what
//! was typed. Leaves: `form_start`, `form_submit`, `form_abandon`.

use crate::{
    conversion::{Conversion, add},
    privacy::clean_text,
    text::concat,
    time::{Millis, seconds},
    value::{Entries, Value, put_list, put_num, put_text},
};

/// Forms followed on one page, and fields of each; more than a person fills in.
const MAX_FORMS: u32 = 16;
const MAX_FIELDS: usize = 40;
/// No time of any form.
const NOT_YET: Millis = Millis(0);

/// What happened to a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormEvent {
    /// A field was entered.
    Focus,
    /// A field was left.
    Blur,
    /// Something was typed or chosen for the first time since the field was entered.
    Input,
    /// A field was left with another content.
    Change,
    /// A field was found wrong.
    Invalid,
    /// The form was really sent.
    Sent,
}

/// What was done with one field.
#[derive(Clone, Debug, Default)]
struct FieldLog {
    name: String,
    focuses: f64,
    changes: f64,
    errors: f64,
    ms: u64,
}

#[derive(Clone, Debug, Default)]
struct FormLog {
    name: String,
    /// When filling in began; 0 where it has not.
    started_at: Millis,
    fields: Vec<FieldLog>,
    /// The field that was entered last, and since when it is being filled; never where it was left.
    last: usize,
    since: Millis,
    error: String,
}

/// The forms of a page.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    logs: Vec<FormLog>,
    /// Name of the field that was entered last, and of the last error, on any form.
    pub last_field: String,
    /// See `last_field`.
    pub last_error: String,
}

impl Forms {
    /// Notes what happened to `field` of form number `form`. `detail` is the form's name, or of [`FormEvent::Invalid`] what
    /// is wrong: the name of a `ValidityState` flag such as `valueMissing`.
    /// <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#validitystate>
    pub fn observe(
        &mut self,
        form: u32,
        event: FormEvent,
        field: &str,
        detail: &str,
        now: Millis,
        out: &mut Vec<Conversion>,
    ) {
        while form < MAX_FORMS && self.logs.len() <= form as usize {
            self.logs.push(FormLog::default());
        }
        let Some(log) = self.logs.get_mut(form as usize) else {
            return;
        };
        log.pause(now);
        if event == FormEvent::Sent {
            // Of what was left as it stood, only the form's name is known.
            log.name = clean_text(detail);
            return log.end("form_submit", now, out);
        }
        let known = log.fields.iter().position(|known| known.name == field);
        if known.is_none() && log.fields.len() < MAX_FIELDS {
            log.fields.push(FieldLog {
                name: field.to_owned(),
                ..FieldLog::default()
            });
        }
        let index = known.unwrap_or(log.fields.len() - 1);
        let Some(entry) = log.fields.get_mut(index) else {
            return;
        };
        if event == FormEvent::Invalid {
            entry.errors += 1.0;
            log.error = clean_text(&concat(&[field, ": ", detail]));
            self.last_error.clone_from(&log.error);
            return;
        }
        entry.focuses += f64::from(u8::from(event == FormEvent::Focus));
        entry.changes += f64::from(u8::from(event == FormEvent::Change));
        log.last = index;
        if event != FormEvent::Blur {
            log.since = now;
            self.last_field = clean_text(field);
        }
        if matches!(event, FormEvent::Input | FormEvent::Change) && log.started_at == NOT_YET {
            log.started_at = now;
            log.name = clean_text(detail);
            let told = add(out, "form_start");
            told.text("form_name", &log.name);
            told.text("first_field_name", &self.last_field);
        }
    }

    /// Ends the page: tells what of its forms was given up, and forgets them.
    pub fn abandon(&mut self, now: Millis, out: &mut Vec<Conversion>) {
        for log in &mut self.logs {
            log.pause(now);
            if log.started_at != NOT_YET {
                log.end("form_abandon", now, out);
            }
        }
    }
}

impl FormLog {
    /// Counts the time that the field in hand took until now.
    fn pause(&mut self, now: Millis) {
        if let Some(field) = self.fields.get_mut(self.last) {
            field.ms += now.since(self.since);
        }
        self.since = Millis::NEVER;
    }

    /// Tells the event that ends this filling in, and begins anew.
    fn end(&mut self, name: &str, now: Millis, out: &mut Vec<Conversion>) {
        let log = core::mem::take(self);
        let told = add(out, name);
        told.text("form_name", &log.name);
        if log.started_at != NOT_YET {
            told.num("seconds", seconds(now.since(log.started_at)));
        }
        if let Some(last) = log.fields.get(log.last) {
            told.text("last_field", &clean_text(&last.name));
        }
        told.text("last_error", &log.error);
        let mut fields = Vec::new();
        for field in &log.fields {
            let mut entry = Entries::new();
            put_text(&mut entry, "field", &clean_text(&field.name));
            put_count(&mut entry, "focus_count", field.focuses);
            put_count(&mut entry, "seconds", seconds(field.ms));
            put_count(&mut entry, "refills", field.changes - 1.0);
            put_count(&mut entry, "errors", field.errors);
            fields.push(Value::Map(entry));
        }
        put_list(&mut told.params, "fields", fields);
    }
}

/// Adds a number, unless there is nothing to count.
fn put_count(entries: &mut Entries, key: &str, count: f64) {
    if count > 0.0 {
        put_num(entries, key, count);
    }
}

#[cfg(test)]
mod tests {
    use FormEvent::{Blur, Change, Focus, Input, Invalid, Sent};

    use super::*;

    const START: u64 = 1_000_000;

    /// Plays `(ms, event, field, detail)` on form 0; returns the names told, and then what was given up.
    fn play(steps: &[(u64, FormEvent, &str, &str)]) -> (Vec<String>, Vec<Conversion>) {
        let mut forms = Forms::default();
        let (mut told, mut given_up) = (Vec::new(), Vec::new());
        for (at, event, field, detail) in steps {
            forms.observe(0, *event, field, detail, Millis(START + at), &mut told);
        }
        forms.abandon(Millis(START + 60_000), &mut given_up);
        (told.into_iter().map(|told| told.name).collect(), given_up)
    }

    #[test]
    fn a_form_is_started_by_filling_in_and_ends_sent_or_given_up() {
        for (steps, told, abandoned, case) in [
            (
                vec![(0, Focus, "email", "news"), (900, Blur, "email", "news")],
                vec![],
                0,
                "focused by the page itself",
            ),
            (
                vec![(0, Focus, "email", "news"), (100, Input, "email", "news")],
                vec!["form_start"],
                1,
                "given up",
            ),
            (
                vec![
                    (0, Focus, "email", "news"),
                    (100, Input, "email", "news"),
                    (900, Sent, "", "news"),
                ],
                vec!["form_start", "form_submit"],
                0,
                "sent",
            ),
            (
                vec![(0, Sent, "", "search")],
                vec!["form_submit"],
                0,
                "sent by a button alone",
            ),
            (
                vec![
                    (0, Input, "email", "n"),
                    (100, Invalid, "email", "typeMismatch"),
                    (900, Sent, "", "n"),
                ],
                vec!["form_start", "form_submit"],
                0,
                "sent after an error",
            ),
            (
                vec![
                    (0, Input, "a", "n"),
                    (500, Sent, "", "n"),
                    (900, Input, "a", "n"),
                ],
                vec!["form_start", "form_submit", "form_start"],
                1,
                "filled in again",
            ),
        ] {
            let (names, given_up) = play(&steps);
            assert_eq!(names, told, "{case}");
            assert_eq!(given_up.len(), abandoned, "{case}");
        }
    }

    #[test]
    fn a_form_given_up_says_where_and_why() {
        let (_, given_up) = play(&[
            (0, Focus, "email", "checkout"),
            (500, Input, "email", "checkout"),
            (2000, Change, "email", "checkout"),
            (2000, Focus, "phone", "checkout"),
            (3000, Input, "phone", "checkout"),
            (4000, Change, "phone", "checkout"),
            (4000, Blur, "phone", "checkout"),
            (4100, Invalid, "phone", "patternMismatch"),
            (5000, Focus, "phone", "checkout"),
            (7000, Change, "phone", "checkout"),
            (7000, Blur, "phone", "checkout"),
        ]);
        let mut json = String::new();
        crate::json::write_entries(&mut json, &given_up[0].params);
        assert_eq!(
            json,
            r#"{"form_name":"checkout","seconds":59.5,"last_field":"phone","last_error":"phone: patternMismatch","fields":[{"field":"email","focus_count":1,"seconds":2},{"field":"phone","focus_count":2,"seconds":4,"refills":1,"errors":1}]}"#
        );
    }

    #[test]
    fn a_form_that_was_sent_untouched_is_named() {
        let mut told = Vec::new();
        Forms::default().observe(0, Sent, "", "shipping", Millis(5), &mut told);
        assert_eq!(told[0].get("form_name"), Some(&Value::from("shipping")));
    }

    #[test]
    fn a_page_of_endless_forms_and_fields_is_survived() {
        let mut forms = Forms::default();
        for number in 0..1000 {
            let field = format!("f{number}");
            forms.observe(number, Input, &field, "x", Millis(1), &mut Vec::new());
            forms.observe(0, Input, &field, "x", Millis(1), &mut Vec::new());
        }
        let mut given_up = Vec::new();
        forms.abandon(Millis(2), &mut given_up);
        assert_eq!(given_up.len(), MAX_FORMS as usize);
    }
}
