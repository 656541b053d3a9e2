#include "models/shared/documents/document_completion.h"

#include "backend/base/qt_text.h"
#include "backend/language/plugin_table.h"

#include <QRegularExpression>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QStringList kStepKeys {u"action"_s,       u"name"_s,        u"inputs"_s,
                                 u"precondition"_s, u"maxAttempts"_s, u"timeoutSeconds"_s};
    const QStringList kFlowKeys {u"onFailure"_s, u"onSuccess"_s, u"finallyStep"_s, u"onInterrupt"_s};
    const QStringList kTopKeys {u"schemaVersion"_s, u"description"_s, u"parameters"_s, u"mainSteps"_s,
                                u"files"_s};

    bool isWordCharacter(QChar c) { return c.isLetterOrNumber() || c == u':' || c == u'_' || c == u'-'; }

    qsizetype indentOf(const QString &line)
    {
        qsizetype at = 0;
        while (at < line.size() && (line[at] == u' ' || line[at] == u'-'))
            ++at;
        return at;
    }

    // "key" of "  - key: value" and of "  \"key\": value".
    QString keyOf(const QString &line)
    {
        static const QRegularExpression key(uR"(^[\s-]*["']?([\w.$:-]+?)["']?\s*:(?:\s|$))"_s);
        return key.match(line).captured(1);
    }

    QString valueOf(const QString &line)
    {
        static const QRegularExpression value(uR"(:\s+["']?([^"',{}\s]+))"_s);
        return value.match(line).captured(1);
    }

    // The text up to the cursor as its lines, with what stands around the last one.
    struct Surroundings {
        QStringList before; // lines above
        QString line; // up to the cursor
        QStringList after; // lines below
    };

    // The line above that the cursor's line stands below, by indentation; -1: none.
    qsizetype parentOf(const QStringList &lines, qsizetype indent)
    {
        for (qsizetype i = lines.size() - 1; i >= 0; --i) {
            if (!lines[i].trimmed().isEmpty() && indentOf(lines[i]) < indent)
                return i;
        }
        return -1;
    }

    // The plugin of the step that the line at `inputs` belongs to: its action stands above or below it, at the same indentation.
    const Plugin *pluginOf(const Surroundings &around, qsizetype inputs)
    {
        const qsizetype indent = indentOf(around.before[inputs]);
        const auto actionIn = [&](const QString &line) -> std::optional<QString> {
            if (indentOf(line) == indent && keyOf(line) == u"action")
                return valueOf(line);
            return std::nullopt;
        };
        for (qsizetype i = inputs; i >= 0; --i) {
            if (const auto action = actionIn(around.before[i]))
                return findPlugin(toStd(*action));
            if (i < inputs && indentOf(around.before[i]) < indent && !around.before[i].trimmed().isEmpty())
                break;
            if (around.before[i].trimmed().startsWith(u'-') && indentOf(around.before[i]) == indent)
                break; // the step begins here
        }
        for (const QString &line : around.after) {
            if (line.trimmed().startsWith(u'-') && indentOf(line) <= indent)
                break;
            if (const auto action = actionIn(line))
                return findPlugin(toStd(*action));
        }
        return nullptr;
    }

    QStringList parameterNames(const QStringList &lines)
    {
        QStringList names;
        qsizetype section = -1;
        qsizetype level = -1;
        for (const QString &line : lines) {
            if (line.trimmed().isEmpty())
                continue;
            const qsizetype indent = indentOf(line);
            if (section < 0) {
                if (keyOf(line) == u"parameters")
                    section = indent;
                continue;
            }
            if (indent <= section)
                break;
            level = level < 0 ? indent : level;
            const QString key = keyOf(line);
            if (indent == level && !key.isEmpty())
                names << key;
        }
        return names;
    }

    class Collector
    {
    public:
        explicit Collector(QString begun) : m_begun(std::move(begun)) { }
        void add(const QString &text, const QString &detail = {})
        {
            if (text.startsWith(m_begun, Qt::CaseInsensitive) && text != m_begun)
                m_items.append({text, detail});
        }
        QList<DocumentCompletion> items() const { return m_items; }

    private:
        QString m_begun;
        QList<DocumentCompletion> m_items;
    };

    QString platformsOf(const Plugin &plugin)
    {
        QStringList names;
        for (const std::string &name : plugin.platforms.names())
            names << toQString(name);
        return names.join(u", "_s);
    }
}

DocumentCompletions documentCompletions(const QString &content, qsizetype position)
{
    position = std::clamp<qsizetype>(position, 0, content.size());
    qsizetype from = position;
    while (from > 0 && isWordCharacter(content[from - 1]))
        --from;
    const QString begun = content.mid(from, position - from);
    const qsizetype lineStart = from > 0 ? content.lastIndexOf(u'\n', from - 1) + 1 : 0;
    Surroundings around;
    around.before = content.left(std::max<qsizetype>(0, lineStart - 1)).split(u'\n');
    if (lineStart == 0)
        around.before.clear();
    around.line = content.mid(lineStart, position - lineStart);
    const qsizetype lineEnd = content.indexOf(u'\n', position);
    around.after = lineEnd < 0 ? QStringList() : content.mid(lineEnd + 1).split(u'\n');
    const QString head = content.mid(lineStart, from - lineStart); // of the line, before the word
    Collector found(begun);

    if (head.lastIndexOf(u"{{"_s) > head.lastIndexOf(u"}}"_s)) {
        for (const QString &name : parameterNames(content.split(u'\n')))
            found.add(name, DocumentCompletionWords::parameter());
        found.add(u"platformType"_s, u"Linux, MacOS, Windows"_s);
        return {from, found.items()};
    }
    const QString key = keyOf(head + u' ');
    if (key == u"action") {
        for (const Plugin &plugin : allPlugins()) {
            if (!plugin.platforms.isEmpty())
                found.add(toQString(plugin.name), platformsOf(plugin));
        }
        return {from, found.items()};
    }
    const qsizetype indent = indentOf(around.line.left(from - lineStart));
    const qsizetype parent = parentOf(around.before, indent);
    const bool isInputs = parent >= 0 && keyOf(around.before[parent]) == u"inputs";
    const Plugin *plugin = isInputs ? pluginOf(around, parent) : nullptr;
    if (!key.isEmpty()) {
        if (key == u"onFailure" || key == u"onSuccess") {
            found.add(u"exit"_s);
            if (key == u"onFailure")
                found.add(u"successAndExit"_s);
        }
        if (const PluginInput *input = plugin ? plugin->input(toStd(key)) : nullptr) {
            for (const std::string_view value : input->values)
                found.add(toQString(std::string(value)));
            if (input->shape == InputShape::Flag) {
                found.add(u"true"_s);
                found.add(u"false"_s);
            }
        }
        return {from, found.items()};
    }
    static const QRegularExpression onlyIndent(uR"(^[\s-]*["']?$)"_s);
    if (!onlyIndent.match(head).hasMatch())
        return {from, {}};
    if (plugin) {
        for (const PluginInput &input : plugin->inputs)
            found.add(toQString(std::string(input.name)),
                      input.isRequired ? DocumentCompletionWords::required() : QString());
        for (const QString &flow : kFlowKeys)
            found.add(flow);
    } else if (parent < 0) {
        for (const QString &top : kTopKeys)
            found.add(top);
    } else if (keyOf(around.before[parent]) == u"mainSteps") {
        for (const QString &each : kStepKeys)
            found.add(each);
    }
    return {from, found.items()};
}

}
