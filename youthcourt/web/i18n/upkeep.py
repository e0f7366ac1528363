"""Sentences and labels of backups, health and what is kept."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "backup_passphrase_missing": _l(
        "There is no passphrase. Set YOUTHCOURT_BACKUP_PASSPHRASE ('youthcourt keys new' prints "
        "one), or start the command where it can be asked for."
    ),
    "backup_passphrase_short": _l(
        "This passphrase could be guessed. Take %(min)s characters or more, or the one that "
        "'youthcourt keys new' prints."
    ),
    "backup_exists": _l(
        "There is a file %(file)s already, and a backup never takes the place of another file. "
        "Give another name, or the name of a folder."
    ),
    "backup_differs": _l(
        "What was written could not be read back as it was, so there is no backup. Check the disk "
        "it was written to and try again."
    ),
    "backup_not_one": _l("This file is no backup of this program."),
    "backup_passphrase_wrong": _l(
        "The passphrase does not open this backup. Take the one that was set when it was made."
    ),
    "backup_damaged": _l(
        "This backup is damaged or not complete, and nothing was changed. Take another copy of it, "
        "or an earlier one."
    ),
    "backup_newer": _l(
        "This backup was made by a newer program (%(program)s). Install that one first."
    ),
    "backup_other_keys": _l(
        "This backup was made with other encryption keys. Set YOUTHCOURT_ENCRYPTION_KEYS to those "
        "of that time, all of them in the same order."
    ),
    "database_damaged": _l(
        "The database file is damaged, so it was not backed up. Stop the program and restore the "
        "last good backup."
    ),
    "database_loose_rows": _l(
        "The database has rows that point nowhere, so it was not backed up. Keep a copy of the "
        "file and restore the last good backup."
    ),
    "restore_not_empty": _l(
        "There are records in this database, and a backup is read into an empty one only. Set "
        "YOUTHCOURT_DATA_DIR or YOUTHCOURT_DATABASE_URL to a new place."
    ),
    "restore_files_not_empty": _l(
        "There are stored files in %(folder)s, and a backup is read into an empty folder only."
    ),
    "restore_differs": _l(
        "The table %(table)s did not arrive as it was in the backup, so nothing was kept."
    ),
    "restore_refused": _l(
        "The database refused a row of the backup (%(kind)s), so nothing was kept."
    ),
    # What the page of health finds: how it is, and what to do.
    "health_database": _l("%(engine)s %(version)s."),
    "health_journal": _l(
        "Rollback journal (%(journal)s), every save written to the disk before it is confirmed. "
        "Right for this version of SQLite."
    ),
    "health_wal": _l("Write-ahead log, every save written to the disk before it is confirmed."),
    "health_wal_unsafe": _l(
        "SQLite %(version)s can lose saves with a write-ahead log. Stop the program and start it "
        "again: it changes that by itself. If this stays, tell whoever looks after the computer."
    ),
    "health_migration": _l("Up to date (%(present)s)."),
    "health_migration_behind": _l(
        "The database is at %(present)s and this program needs %(newest)s. Make a backup, run "
        "“youthcourt db upgrade”, and start the program again."
    ),
    "health_disk": _l("Free: %(free)s of %(total)s."),
    "health_disk_low": _l(
        "Free: only %(free)s of %(total)s. Make room soon; old backups are often the largest."
    ),
    "health_disk_full": _l(
        "Only %(free)s of %(total)s are free. Make room today: on a full disk nothing can be saved."
    ),
    "health_backup": _l("The last one was made and read back on %(when)s."),
    "health_backup_none": _l(
        "No backup has been made yet. Make one today: youthcourt backup, and let a timer do it "
        "every night."
    ),
    "health_backup_old": _l(
        "The last good one is of %(when)s. Find out why the nightly one did not run, and make one "
        "now with “youthcourt backup”."
    ),
    "health_backup_failed": _l(
        "The last good one is of %(when)s, but a try after it failed. Run youthcourt backup by "
        "hand and read what it says."
    ),
    "health_backup_incomplete": _l(
        "The last one was made on %(when)s. Stored files that were not on the disk: %(missing)s. "
        "Look for them in an older backup."
    ),
    "health_jobs": _l("They last ran on %(when)s."),
    "health_jobs_never": _l(
        "They have never run, so no message leaves and long ledgers are not checked. Let a timer "
        "start “youthcourt jobs run” every minute, as the guide “Start on Monday” shows."
    ),
    "health_jobs_late": _l(
        "They last ran on %(when)s. Look at the timer that starts youthcourt jobs run; until then "
        "no message leaves."
    ),
    "health_outbox": _l("Nothing is late, nothing has failed."),
    "health_outbox_stuck": _l(
        "A message should have left on %(since)s and still waits. Run youthcourt jobs run by hand "
        "and read what it says about the mail server."
    ),
    "health_outbox_failed": _l(
        "Messages that could not be sent: %(failed)s. Open Messages and tell these people in "
        "another way."
    ),
    "health_outbox_held": _l(
        "Messages kept back since a backup was restored: %(held)s. They may have left before, so "
        "none leaves by itself. Open Messages, and send or drop them."
    ),
    "health_outbox_test": _l(
        "Nothing waits, but no e-mail is really sent: YOUTHCOURT_MAIL_GATEWAY is test. Set it to "
        "smtp when messages are to leave."
    ),
    "health_ledger": _l("Checked on %(when)s: everything is as it must be."),
    "health_ledger_wrong": _l(
        "Checked on %(when)s, wrong: %(count)s. The page Ledger says what and how it is mended."
    ),
    "health_ledger_unchecked": _l(
        "It has not been checked for two days. Usually youthcourt jobs run does it: look at the "
        "timer."
    ),
    "health_clock": _l("It is %(now)s in %(zone)s. Is it, on your watch?"),
    "health_clock_back": _l(
        "It is %(now)s here, and something was written on %(newest)s, which is still to come. The "
        "clock of the computer was set back: set it right (time server) before you go on."
    ),
    "health_clocks_apart": _l(
        "It is %(now)s here and %(database)s at the database. Set both computers by a time server."
    ),
    "health_cookies": _l("Sign-ins travel over encrypted connections only."),
    "health_cookies_open": _l(
        "Sign-ins may travel unencrypted: YOUTHCOURT_SECURE_COOKIES is false. That is for trying "
        "the product out on one computer, never for a real evening."
    ),
}

LABELS = {
    "Act": {"house_restored": _l("Restored the whole house from a backup")},
    "Reading": {
        "database": _l("Database"),
        "journal": _l("How saves reach the disk"),
        "migration": _l("Shape of the database"),
        "disk": _l("Room on the disk"),
        "backup": _l("Backup"),
        "jobs": _l("Jobs"),
        "outbox": _l("Messages"),
        "ledger": _l("Ledger"),
        "clock": _l("Clock"),
        "cookies": _l("Connection"),
    },
    "State": {"good": _l("Good"), "look": _l("Look at it"), "bad": _l("Bad")},
    "KeptKind": {
        "cases": _l("Cases"),
        "people": _l("Young people"),
        "adults": _l("Adults around them"),
        "consents": _l("Signed papers"),
        "adult_hours": _l("Hours of adult volunteers"),
        "files": _l("Stored files"),
        "notes": _l("Notes in cases"),
        "hearings": _l("Hearings"),
        "sentences": _l("Sentences"),
        "service": _l("Pieces of service"),
        "credits": _l("Movements of time credits"),
        "checks": _l("Searches of records"),
        "offences": _l("Later offences"),
        "messages": _l("Messages"),
        "drafts": _l("Drafts"),
        "journal": _l("Lines of the journal (who did and who read what)"),
        "changes": _l("Earlier values of changed fields"),
    },
}
