#include "models/nodes/runcommand/run_request_text.h"

#include "backend/base/qt_text.h"
#include "backend/language/tree_text.h"
#include "models/nodes/runcommand/run_target_text.h"
#include "models/text/fault_words.h"

#include <QJsonArray>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr size_t kMostBytes = 512 * 1024; // some thousand node ids and a long script

    Tree textTree(const QString &value) { return Tree::string(toStd(value)); }

    Tree listOf(const QStringList &values)
    {
        std::vector<Tree> items;
        for (const QString &value : values)
            items.push_back(textTree(value));
        return Tree::list(std::move(items));
    }

    Tree parametersOf(const RunRequest &request)
    {
        Tree parameters = Tree::map();
        for (auto it = request.parameters.constBegin(); it != request.parameters.constEnd(); ++it)
            parameters.set(toStd(it.key()), listOf(it.value()));
        return parameters;
    }

    Tree targetsOf(const RunRequest &request)
    {
        std::vector<Tree> targets;
        const QList<RunTarget> wire = RunTargetText::wire(request.targets);
        for (const RunTarget &target : wire) {
            Tree one = Tree::map();
            one.set("Key", textTree(target.key));
            one.set("Values", listOf(target.values));
            targets.push_back(std::move(one));
        }
        return Tree::list(std::move(targets));
    }

    Tree treeOf(const RunRequest &request)
    {
        Tree tree = Tree::map();
        tree.set("DocumentName", textTree(request.documentName));
        if (!request.documentVersion.isEmpty())
            tree.set("DocumentVersion", textTree(request.documentVersion));
        tree.set("Parameters", parametersOf(request));
        if (request.targets.nodeIds.isEmpty())
            tree.set("Targets", targetsOf(request));
        else
            tree.set("InstanceIds", listOf(request.targets.nodeIds));
        tree.set("MaxConcurrency", textTree(request.maxConcurrency));
        tree.set("MaxErrors", textTree(request.maxErrors));
        tree.set("TimeoutSeconds", Tree::number(static_cast<int64_t>(request.timeout.count())));
        if (!request.comment.isEmpty())
            tree.set("Comment", textTree(request.comment));
        return tree;
    }

    // A list of texts; scalars count as their text, and one alone as a list of one.
    std::optional<QStringList> texts(const Tree &tree)
    {
        if (tree.isScalar())
            return QStringList {toQString(tree.text())};
        if (!tree.isList())
            return std::nullopt;
        QStringList all;
        for (const Tree &item : tree.items()) {
            if (!item.isScalar())
                return std::nullopt;
            all << toQString(item.text());
        }
        return all;
    }
}

QString RunRequestText::text(const RunRequest &request, Form form)
{
    const Tree tree = treeOf(request);
    return toQString(form == Form::Json ? toPrettyJson(tree) : toYaml(tree));
}

RunRequestText::Reading RunRequestText::read(const QString &written, Form form)
{
    const std::string utf8 = toStd(written);
    const TreeLimits limits {.bytes = kMostBytes};
    const TreeResult tree = form == Form::Json ? parseJson(utf8, limits) : parseYaml(utf8, limits);
    if (!tree)
        return {.problem = FaultWords::of(tree.error().fault),
                .line = static_cast<int>(tree.error().mark.line)};
    if (!tree->isMap())
        return {.problem = tr("Enter an object with DocumentName, Parameters and Targets.")};
    RunRequest request;
    QStringList instanceIds;
    QList<RunTarget> targets;
    const auto wrong = [](const Tree &at, const QString &problem) {
        return Reading {.problem = problem, .line = static_cast<int>(at.mark().line)};
    };
    for (const TreeMember &member : tree->members()) {
        const QString key = toQString(member.key);
        const Tree &value = member.value;
        QString *plain = key == u"DocumentName" ? &request.documentName
            : key == u"DocumentVersion"         ? &request.documentVersion
            : key == u"MaxConcurrency"          ? &request.maxConcurrency
            : key == u"MaxErrors"               ? &request.maxErrors
            : key == u"Comment"                 ? &request.comment
                                                : nullptr;
        if (plain) {
            if (!value.isScalar())
                return wrong(value, tr("%1 takes one string.").arg(key));
            *plain = toQString(value.text());
        } else if (key == u"TimeoutSeconds") {
            bool whole = false;
            const qlonglong seconds = toQString(value.text()).toLongLong(&whole);
            if (!whole || seconds < 30 || seconds > 2592000)
                return wrong(value, tr("Enter 30 to 2592000 seconds for TimeoutSeconds."));
            request.timeout = std::chrono::seconds(seconds);
        } else if (key == u"InstanceIds") {
            const auto ids = texts(value);
            if (!ids)
                return wrong(value, tr("%1 takes a list of strings.").arg(key));
            instanceIds = *ids;
        } else if (key == u"Parameters") {
            if (!value.isMap())
                return wrong(value, tr("Parameters takes an object: each parameter's name and its values."));
            for (const TreeMember &parameter : value.members()) {
                const auto values = texts(parameter.value);
                if (!values)
                    return wrong(parameter.value,
                                 tr("%1 takes a list of strings.").arg(toQString(parameter.key)));
                request.parameters.insert(toQString(parameter.key), *values);
            }
        } else if (key == u"Targets") {
            if (!value.isList())
                return wrong(value, tr("Targets takes a list of objects with Key and Values."));
            for (const Tree &one : value.items()) {
                const Tree *targetKey = one.find("Key");
                const Tree *targetValues = one.find("Values");
                const auto values = targetValues ? texts(*targetValues) : std::nullopt;
                if (!targetKey || !targetKey->isScalar() || !values)
                    return wrong(one, tr("Targets takes a list of objects with Key and Values."));
                targets.append({toQString(targetKey->text()), *values});
            }
        } else {
            return Reading {.problem = tr("%1 is not a known field.").arg(key),
                            .line = static_cast<int>(member.keyMark.line)};
        }
    }
    if (request.documentName.isEmpty())
        return {.problem = tr("Enter a DocumentName.")};
    request.targets = RunTargetText::fromWire(instanceIds, targets);
    if ((!request.targets.nodeIds.isEmpty() ? 1 : 0) + (!request.targets.tags.isEmpty() ? 1 : 0)
            + (request.targets.all ? 1 : 0)
        > 1)
        return {.problem = tr("Choose one kind of target: nodes, tags or all nodes.")};
    return {.request = request};
}

QString RunRequestText::shellQuoted(const QString &word)
{
    const bool plain = !word.isEmpty() && std::all_of(word.begin(), word.end(), [](QChar c) {
        return (c.unicode() < 128 && c.isLetterOrNumber()) || u"@%+=:,./-_"_s.contains(c);
    });
    // Inside single quotes nothing is special but the quote itself.
    return plain ? word : u'\'' + QString(word).replace(u'\'', u"'\\''"_s) + u'\'';
}

QString RunRequestText::commandLine(const RunRequest &request)
{
    QStringList lines {u"aws ssm send-command"_s};
    const auto add = [&](const QString &option, const QString &value) {
        // A value like an option is bound to its own by "=".
        lines << (value.startsWith(u'-') ? u"--%1=%2"_s : u"--%1 %2"_s).arg(option, shellQuoted(value));
    };
    add(u"document-name"_s, request.documentName);
    if (!request.documentVersion.isEmpty())
        add(u"document-version"_s, request.documentVersion);
    if (!request.parameters.isEmpty())
        add(u"parameters"_s, toQString(toCompactJson(parametersOf(request))));
    if (request.targets.nodeIds.isEmpty()) {
        add(u"targets"_s, toQString(toCompactJson(targetsOf(request))));
    } else {
        QStringList ids;
        for (const QString &id : request.targets.nodeIds)
            ids << shellQuoted(id);
        lines << u"--instance-ids "_s + ids.join(u' ');
    }
    add(u"max-concurrency"_s, request.maxConcurrency);
    add(u"max-errors"_s, request.maxErrors);
    add(u"timeout-seconds"_s, QString::number(request.timeout.count()));
    if (request.comment.startsWith(u"file://") || request.comment.startsWith(u"fileb://")) {
        // The command line would read that file.
        Tree comment = Tree::map();
        comment.set("Comment", textTree(request.comment));
        add(u"cli-input-json"_s, toQString(toCompactJson(comment)));
    } else if (!request.comment.isEmpty()) {
        add(u"comment"_s, request.comment);
    }
    return lines.join(u" \\\n    "_s);
}

QJsonObject RunRequestText::draft(const RunRequest &request)
{
    QJsonObject parameters;
    for (auto it = request.parameters.constBegin(); it != request.parameters.constEnd(); ++it)
        parameters.insert(it.key(), QJsonArray::fromStringList(it.value()));
    return {{u"document"_s, request.documentName},
            {u"version"_s, request.documentVersion},
            {u"parameters"_s, parameters},
            {u"nodes"_s, QJsonArray::fromStringList(request.targets.nodeIds)},
            {u"tags"_s, QJsonArray::fromStringList(request.targets.tags)},
            {u"all"_s, request.targets.all},
            {u"comment"_s, request.comment},
            {u"maxConcurrency"_s, request.maxConcurrency},
            {u"maxErrors"_s, request.maxErrors},
            {u"timeout"_s, qint64(request.timeout.count())}};
}

RunRequest RunRequestText::fromDraft(const QJsonObject &draft)
{
    const auto texts = [](const QJsonValue &value) {
        QStringList all;
        const QJsonArray items = value.toArray();
        for (const QJsonValue &item : items)
            all << item.toString();
        return all;
    };
    RunRequest request;
    request.documentName = draft.value(u"document"_s).toString();
    request.documentVersion = draft.value(u"version"_s).toString();
    const QJsonObject parameters = draft.value(u"parameters"_s).toObject();
    for (auto it = parameters.constBegin(); it != parameters.constEnd(); ++it)
        request.parameters.insert(it.key(), texts(it.value()));
    request.targets.nodeIds = texts(draft.value(u"nodes"_s));
    request.targets.tags = texts(draft.value(u"tags"_s));
    request.targets.all = draft.value(u"all"_s).toBool();
    request.comment = draft.value(u"comment"_s).toString();
    request.maxConcurrency = draft.value(u"maxConcurrency"_s).toString();
    request.maxErrors = draft.value(u"maxErrors"_s).toString();
    request.timeout = std::chrono::seconds(draft.value(u"timeout"_s).toInteger(600));
    return request;
}

}
