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

struct DocumentTable {
    Q_DECLARE_TR_FUNCTIONS(fb::DocumentTable)
public:
    enum Column { Name, Type, Owner, Platforms, Schema, DefaultVersion, Format, Tags, Created };

    static QString idOf(const DocumentRow &row) { return row.name; }
    static QList<TableColumn<DocumentRow>> columns();
    static QString ownerWord(const DocumentRow &row);
    static QList<QPair<QString, QString>> facts(const DocumentRow &row); // label, value
};

struct DocumentVersionTable {
    Q_DECLARE_TR_FUNCTIONS(fb::DocumentVersionTable)
public:
    enum Column { Version, Name, Default, Format, Created };

    static QString idOf(const DocumentVersionRow &row) { return row.version; }
    static QList<TableColumn<DocumentVersionRow>> columns();
};

}
