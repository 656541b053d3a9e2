#include "models/shared/documents/new_step.h"

#include "backend/base/qt_text.h"
#include "backend/language/plugin_table.h"
#include "backend/language/tree_text.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kIndent = 2;

    StepInput::Kind kindOf(InputShape shape)
    {
        switch (shape) {
        case InputShape::TextOrList:
        case InputShape::List:
            return StepInput::Kind::Lines;
        case InputShape::Integer:
            return StepInput::Kind::Number;
        case InputShape::Flag:
            return StepInput::Kind::Flag;
        case InputShape::Map:
        case InputShape::MapOrText:
            return StepInput::Kind::Map;
        case InputShape::Text:
            break;
        }
        return StepInput::Kind::Text;
    }

    Tree stepValueOf(StepInput::Kind kind, const QString &typed)
    {
        const std::string text = toStd(typed);
        switch (kind) {
        case StepInput::Kind::Lines: {
            std::vector<Tree> lines;
            for (const QString &line : typed.split(u'\n'))
                lines.push_back(Tree::string(toStd(line)));
            while (lines.size() > 1 && lines.back().text().empty())
                lines.pop_back();
            return Tree::list(std::move(lines));
        }
        case StepInput::Kind::Flag:
            if (typed == u"true" || typed == u"false")
                return Tree::boolean(typed == u"true");
            break;
        case StepInput::Kind::Map:
            if (auto map = parseYaml(text); map && map->isMap())
                return *map;
            break;
        case StepInput::Kind::Number:
        case StepInput::Kind::Text:
            break;
        }
        return Tree::string(text); // a parameter may stand in its place
    }

    Tree stepTree(const NewStep &step)
    {
        const Plugin *plugin = findPlugin(toStd(step.action));
        Tree inputs = Tree::map();
        for (const auto &[name, typed] : step.inputs) {
            const PluginInput *input = plugin ? plugin->input(toStd(name)) : nullptr;
            inputs.set(toStd(name), stepValueOf(input ? kindOf(input->shape) : StepInput::Kind::Text, typed));
        }
        if (!step.onFailure.isEmpty())
            inputs.set("onFailure", Tree::string(toStd(step.onFailure)));
        Tree tree = Tree::map();
        tree.set("action", Tree::string(toStd(step.action)));
        tree.set("name", Tree::string(toStd(step.name)));
        tree.set("inputs", std::move(inputs));
        return tree;
    }

    std::optional<QString> inJson(const QString &content, const NewStep &step)
    {
        const TreeResult read = parseJson(toStd(content));
        const Tree *steps = read && read->isMap() ? read->find("mainSteps") : nullptr;
        if (!read || !read->isMap() || (steps && !steps->isList()))
            return std::nullopt;
        std::vector<Tree> items = steps ? steps->items() : std::vector<Tree>();
        items.push_back(stepTree(step));
        Tree whole = *read;
        whole.set("mainSteps", Tree::list(std::move(items)));
        return toQString(toPrettyJson(whole));
    }

    qsizetype stepIndentOf(const QString &line)
    {
        qsizetype at = 0;
        while (at < line.size() && line[at] == u' ')
            ++at;
        return at;
    }

    bool isBlank(const QString &line) { return line.trimmed().isEmpty() || line.trimmed().startsWith(u'#'); }

    std::optional<QString> inYaml(const QString &content, const NewStep &step)
    {
        const TreeResult before = parseYaml(toStd(content));
        if (!before || !before->isMap())
            return std::nullopt;
        const Tree *steps = before->find("mainSteps");
        if (steps && !steps->isList() && !steps->isNull())
            return std::nullopt;
        const size_t count = steps && steps->isList() ? steps->items().size() : 0;
        QStringList lines = content.split(u'\n');
        qsizetype head = -1;
        for (qsizetype i = 0; i < lines.size() && head < 0; ++i) {
            if (lines[i].startsWith(u"mainSteps:"_s))
                head = i;
        }
        if (head < 0) { // at the end
            while (!lines.isEmpty() && lines.last().isEmpty())
                lines.removeLast();
            head = lines.size();
            lines << u"mainSteps:"_s;
        }
        if (count == 0)
            lines[head] = u"mainSteps:"_s; // of "mainSteps: []"
        qsizetype indent = -1;
        qsizetype end = head + 1; // behind the last line of the list
        for (qsizetype i = head + 1; i < lines.size(); ++i) {
            if (isBlank(lines[i]))
                continue;
            const qsizetype own = stepIndentOf(lines[i]);
            if (indent < 0 && lines[i].trimmed().startsWith(u'-'))
                indent = own;
            if (indent < 0 || own < indent || (own == indent && !lines[i].trimmed().startsWith(u'-')))
                break;
            end = i + 1;
        }
        const QString margin(indent < 0 ? kIndent : indent, u' ');
        QStringList added;
        const QString text = toQString(toYaml(Tree::list({stepTree(step)}))).trimmed();
        for (const QString &line : text.split(u'\n'))
            added << (line.isEmpty() ? line : margin + line);
        for (qsizetype i = 0; i < added.size(); ++i)
            lines.insert(end + i, added[i]);
        QString made = lines.join(u'\n');
        if (!made.endsWith(u'\n'))
            made += u'\n';
        // A text of another shape (flow style, anchors): it is said that it did not work, rather than broken.
        const TreeResult after = parseYaml(toStd(made));
        const Tree *list = after && after->isMap() ? after->find("mainSteps") : nullptr;
        return list && list->isList() && list->items().size() == count + 1 ? std::optional(made)
                                                                           : std::nullopt;
    }
}

QList<StepPlugin> stepPlugins()
{
    QList<StepPlugin> plugins;
    for (const Plugin &plugin : allPlugins()) {
        if (plugin.platforms.isEmpty())
            continue;
        StepPlugin each;
        each.name = toQString(plugin.name);
        for (const std::string &platform : plugin.platforms.names())
            each.platforms << toQString(platform);
        for (const PluginInput &input : plugin.inputs) {
            StepInput field {toQString(input.name), kindOf(input.shape), input.isRequired, {}};
            for (const std::string_view value : input.values)
                field.values << toQString(value);
            each.inputs.append(field);
        }
        // What must be given comes first.
        std::stable_partition(each.inputs.begin(), each.inputs.end(),
                              [](const StepInput &input) { return input.isRequired; });
        plugins.append(each);
    }
    return plugins;
}

std::optional<QString> withNewStep(const QString &content, const QString &format, const NewStep &step)
{
    return format == u"JSON" ? inJson(content, step) : inYaml(content, step);
}

}
