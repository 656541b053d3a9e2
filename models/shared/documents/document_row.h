#pragma once
// Documents as the console shows them (spec/documents.md 2). Values; ui thread.

#include "backend/core/clock.h"
#include "models/table/shown_error.h"
#include "models/table/value_table_model.h"

#include <QCoreApplication>

namespace fb {

struct DocumentRow {
    QString name;
    QString displayName;
    QString type; // AWS's: "Command"
    QString owner; // "Amazon" for built-in ones
    QString format; // "YAML"
    QString schemaVersion; // "2.2"
    QString defaultVersion;
    QStringList platforms;
    QStringList tags; // "key=value"
    Instant created {};
    bool operator==(const DocumentRow &) const = default;
    bool isBuiltIn() const { return owner == QStringLiteral("Amazon"); }
};

struct DocumentVersionRow {
    QString version; // "3"
    QString versionName;
    QString format;
    QString status;
    Instant created {};
    bool isDefault = false;
    bool operator==(const DocumentVersionRow &) const = default;
};

struct DocumentParameterRow {
    QString name;
    QString type;
    QString description;
    QString defaultValue;
    bool operator==(const DocumentParameterRow &) const = default;
};

// A file that goes to the nodes with a document.
struct DocumentFileRow {
    QString name;
    qint64 size = 0; // bytes
    QString sha256; // hex
    bool operator==(const DocumentFileRow &) const = default;
};

// One version whole, as its page and the editor show it.
struct DocumentText {
    QString name;
    QString type;
    QString format;
    QString version;
    QString versionName;
    QString latestVersion;
    QString defaultVersion;
    QString description;
    QString hash; // SHA-256, hex
    QString content;
    QList<DocumentParameterRow> parameters;
    QList<DocumentFileRow> files; // attached to it
    bool isFetching = false; // its files are on their way
    QString failure; // why it cannot be run: an attachment that was not found; empty: it can
    bool isBuiltIn = false;
};

// What the editor saves.
struct DocumentEdit {
    QString name;
    QString type; // AWS's; only for a new document
    QString format; // "YAML", "JSON"
    QString versionName;
    QString content;
    QString basedOn; // the latest version that the writer has seen; empty: a new document
    bool makeDefault = true;
    bool operator==(const DocumentEdit &) const = default;
};

// What the engine fetches from an S3 server by itself: one file, or all of a folder.
struct RemoteFiles {
    QString address; // s3://bucket/folder, https://...
    QString name; // of the one file, as it is attached; empty: a folder
    bool operator==(const RemoteFiles &) const = default;
};

// A new version with the same text and other files.
struct DocumentFilesEdit {
    QString name;
    QString basedOn; // the latest version that the person has seen
    QStringList added; // paths on this machine
    QStringList removed; // names of files
    QList<RemoteFiles> fetched {}; // from now on: the version is not Active at once
    bool operator==(const DocumentFilesEdit &) const = default;
};

// What saving came to: the version is made, even where it could not be made the default.
struct DocumentSaved {
    QString version;
    ShownError defaultProblem; // empty: it is the default, or was not to be
};

// One fault of a text, at its place.
struct DocumentProblem {
    int line = 0; // from 1; 0: of the whole text
    int column = 0;
    QString text; // with the path of what is wrong
    bool isWarning = false;
    bool operator==(const DocumentProblem &) const = default;
};

// What may be written at a place.
struct DocumentCompletion {
    QString text;
    QString detail; // a few words beside it
    bool operator==(const DocumentCompletion &) const = default;
};

struct DocumentCompletions {
    qsizetype from = 0; // where the word begins that one of them replaces
    QList<DocumentCompletion> items;
};

struct DocumentCompletionWords {
    Q_DECLARE_TR_FUNCTIONS(fb::DocumentCompletionWords)
public:
    static QString parameter();
    static QString required();
};

// What a step may do, for the form that makes one.
struct StepInput {
    enum class Kind { Text, Lines, Number, Flag, Map };
    QString name;
    Kind kind = Kind::Text;
    bool isRequired = false;
    QStringList values; // the only ones; empty: any
};

struct StepPlugin {
    QString name; // "aws:runShellScript"
    QStringList platforms;
    QList<StepInput> inputs;
};

struct NewStep {
    QString action;
    QString name;
    QList<QPair<QString, QString>> inputs; // as typed, in order
    QString onFailure; // exit, successAndExit; empty: go on
    bool operator==(const NewStep &) const = default;
};

// The steps of a text as they would be for chosen parameters, on a platform.
struct DryRunParameter {
    QString name;
    QString defaultText;
    QStringList allowed; // empty: any value
    bool isList = false;
    bool isRequired = false;
    bool operator==(const DryRunParameter &) const = default;
};

struct DryRunStep {
    enum class Outcome { Runs, Skipped, Fails };
    QString name;
    QString action;
    Outcome outcome = Outcome::Runs;
    QString reason; // of the other outcomes
    QString inputs; // YAML, with the values put in
    QStringList environment; // SSM_name=value of parameters that reach a script so
    bool operator==(const DryRunStep &) const = default;
};

struct DryRun {
    Q_DECLARE_TR_FUNCTIONS(fb::DryRun)
public:
    bool isBroken = false; // the text has faults: there is nothing to show
    QList<DryRunParameter> parameters;
    QString problem; // a value that is not allowed
    QList<DryRunStep> steps;

    QString text() const; // to be read, and copied
};

struct DocumentTable {
    Q_DECLARE_TR_FUNCTIONS(fb::DocumentTable)
public:
    enum Column { Name, Type, Owner, Platforms, Schema, DefaultVersion, Format, Tags, Created };

    static QString idOf(const DocumentRow &row) { return row.name; }
    static QList<TableColumn<DocumentRow>> columns();
    static QString ownerWord(const DocumentRow &row);
    static QList<QPair<QString, QString>> facts(const DocumentRow &row); // label, value
};

struct DocumentFileTable {
    Q_DECLARE_TR_FUNCTIONS(fb::DocumentFileTable)
public:
    enum Column { Name, Size, Sha256 };

    static QString idOf(const DocumentFileRow &row) { return row.name; }
    static QList<TableColumn<DocumentFileRow>> columns();
    static constexpr qint64 kMostBytes = 1024LL * 1024 * 1024; // of one file
    static constexpr qsizetype kMostFiles = 20; // of one version
    // What is wrong with a file that a person chose; empty: nothing. Looks at the disk, but reads nothing.
    static QString refusalOf(const QString &path);
};

struct DocumentVersionTable {
    Q_DECLARE_TR_FUNCTIONS(fb::DocumentVersionTable)
public:
    enum Column { Version, Name, Default, Format, Created };

    static QString idOf(const DocumentVersionRow &row) { return row.version; }
    static QList<TableColumn<DocumentVersionRow>> columns();
};

}
