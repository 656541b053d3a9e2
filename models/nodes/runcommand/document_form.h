#pragma once
// A document as the composer needs it: its parameters, from which the form is made (ux.md 6), and their rules (spec/documents.md 3.5).
// Values; any thread.

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <optional>

namespace fb {

struct DocumentParameter {
    enum class Type { Text, List, Boolean, Integer, Map, MapList };

    QString name;
    Type type = Type::Text;
    QString description; // help text under the field; the document's own words
    QStringList defaultValue;
    bool hasDefault = false;
    QStringList allowedValues;
    QString allowedPattern;
    int minChars = -1; // -1: no limit
    int maxChars = -1;
    int minItems = -1;
    int maxItems = -1;
    bool multiLine = false; // displayType textarea, or a list of shell lines

    bool operator==(const DocumentParameter &) const = default;
};

struct DocumentForm {
    Q_DECLARE_TR_FUNCTIONS(fb::DocumentForm)
public:
    QString name;
    QString version;
    QString description;
    QStringList platforms;
    QList<DocumentParameter> parameters;

    // What is wrong with `values`, as advice for the operator; nothing when it may be sent.
    static std::optional<QString> check(const DocumentParameter &parameter, const QStringList &values);
    bool operator==(const DocumentForm &) const = default;
};

}

Q_DECLARE_METATYPE(fb::DocumentParameter)
Q_DECLARE_METATYPE(fb::DocumentForm)
