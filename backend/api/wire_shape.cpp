#include "backend/api/wire_shape.h"

#include "backend/base/fail.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <string_view>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kAny = -1;
    constexpr const char *kTagText = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*";
    constexpr const char *kInstance = "(i-(\\w{8}|\\w{17}))|(mi-\\w{17})";
    constexpr const char *kDocument = "[a-zA-Z0-9_\\-.:/]{3,128}";
    constexpr const char *kWord = "[a-zA-Z0-9_\\-.]{1,128}";

    struct ShapeRule {
        std::string_view operation;
        std::string_view path; // "Tags[].Key": of each item; "Parameters{}[]": of each item of each value
        bool isRequired = false;
        int min = 0; // characters of a text, items of a list
        int max = kAny;
        const char *pattern = nullptr; // of the whole text
    };

    constexpr ShapeRule kShapeRules[] = {
        {"AddTagsToResource", "Tags", true},
        {"AddTagsToResource", "Tags[].Key", true, 1, 128, kTagText},
        {"AddTagsToResource", "Tags[].Value", true, 0, 256, kTagText},
        {"CancelCommand", "InstanceIds[]", false, 0, kAny, kInstance},
        {"CreateActivation", "Tags", false, 0, 1000},
        {"CreateActivation", "Tags[].Key", true, 1, 128, kTagText},
        {"CreateActivation", "Tags[].Value", true, 0, 256, kTagText},
        {"CreateActivation", "RegistrationMetadata[].Key", true, 1, 128},
        {"CreateActivation", "RegistrationMetadata[].Value", true, 1, 2048},
        {"CreateDocument", "Requires", false, 1},
        {"CreateDocument", "Requires[].Name", true, 0, kAny, kDocument},
        {"CreateDocument", "Requires[].RequireType", false, 0, 128, kWord},
        {"CreateDocument", "Requires[].VersionName", false, 0, kAny, kWord},
        {"CreateDocument", "Tags[].Key", true, 1, 128, kTagText},
        {"CreateDocument", "Tags[].Value", true, 0, 256, kTagText},
        {"DescribeInstanceProperties", "InstancePropertyFilterList", false, 1, 40},
        {"DescribeInstanceProperties", "FiltersWithOperator", false, 1, 40},
        {"DescribeParameters", "ParameterFilters[].Option", false, 1, 10},
        {"DescribeSessions", "State", true},
        {"DescribeSessions", "Filters", false, 1, 6},
        {"GetCommandInvocation", "CommandId", true, 36, 36},
        {"GetCommandInvocation", "InstanceId", true, 0, kAny, kInstance},
        {"GetParametersByPath", "ParameterFilters[].Option", false, 1, 10},
        {"ListCommandInvocations", "CommandId", false, 36, 36},
        {"ListCommandInvocations", "InstanceId", false, 0, kAny, kInstance},
        {"ListCommandInvocations", "Filters", false, 1, 5},
        {"ListCommands", "InstanceId", false, 0, kAny, kInstance},
        {"ListCommands", "Filters", false, 1, 5},
        {"ListDocuments", "DocumentFilterList", false, 1},
        {"PutParameter", "Tags[].Key", true, 1, 128, kTagText},
        {"PutParameter", "Tags[].Value", true, 0, 256, kTagText},
        {"RemoveTagsFromResource", "TagKeys", true},
        {"RemoveTagsFromResource", "TagKeys[]", false, 1, 128, kTagText},
        {"SendCommand", "DocumentName", true, 0, kAny, kDocument},
        {"SendCommand", "CloudWatchOutputConfig.CloudWatchLogGroupName", false, 1, 512},
        {"StartSession", "Reason", false, 1, 256},
        {"StartSession", "Parameters{}[]", false, 1, 65535},
        {"UpdateDocumentMetadata", "DocumentReviews.Comment[].Content", false, 1, 1024},
        {"UpdateServiceSetting", "SettingValue", true, 1, 4096},
    };

    // Its members that AWS has and that nothing here reads: their types alone are looked at.
    constexpr std::string_view kUnreadList = "RegistrationMetadata";

    Error wrongShape(const QString &what, const QString &path)
    {
        return qtError(errors::kValidation, path + what, path);
    }

    Result<void> checkLeaf(const ShapeRule &rule, const QJsonValue &value, const QString &path)
    {
        if (value.isNull() || value.isUndefined())
            return rule.isRequired ? Result<void>(wrongShape(u" is missing; it is required."_s, path))
                                   : Result<void>();
        const bool isList = value.isArray();
        if (!isList && !value.isString())
            return {};
        const qsizetype count = isList ? value.toArray().size() : value.toString().toUcs4().size();
        if (count < rule.min || (rule.max != kAny && count > rule.max))
            return wrongShape(u" has %1 %2; it must have %3."_s.arg(
                                  QString::number(count), isList ? u"items"_s : u"characters"_s,
                                  rule.max == kAny ? u"at least %1"_s.arg(rule.min)
                                                   : u"%1 to %2"_s.arg(rule.min).arg(rule.max)),
                              path);
        if (rule.pattern == nullptr || isList)
            return {};
        const QRegularExpression pattern(
            QRegularExpression::anchoredPattern(QString::fromLatin1(rule.pattern)));
        if (!pattern.match(value.toString()).hasMatch())
            return wrongShape(u" is \"%1\"; it must match %2."_s.arg(value.toString().left(80),
                                                                     QString::fromLatin1(rule.pattern)),
                              path);
        return {};
    }

    Result<void> checkBelow(const ShapeRule &rule, std::string_view rest, const QJsonValue &value,
                            const QString &path)
    {
        if (rest.empty())
            return checkLeaf(rule, value, path);
        if (rest.starts_with("[]")) {
            const QJsonArray items = value.toArray();
            for (qsizetype i = 0; i < items.size(); ++i) {
                const QString place = path + u'[' + QString::number(i) + u']';
                if (!items[i].isObject() && rest.starts_with("[]."))
                    return wrongShape(u" must be an object."_s, place);
                if (auto checked = checkBelow(rule, rest.substr(2), items[i], place); !checked)
                    return checked;
            }
            return {};
        }
        if (rest.starts_with("{}")) {
            const QJsonObject members = value.toObject();
            for (auto it = members.begin(); it != members.end(); ++it) {
                if (auto checked = checkBelow(rule, rest.substr(2), it.value(), path + u'.' + it.key());
                    !checked)
                    return checked;
            }
            return {};
        }
        if (rest.starts_with('.'))
            rest.remove_prefix(1);
        const std::string_view name = rest.substr(0, rest.find_first_of(".[{"));
        const QString member = toQString(name);
        if (!path.isEmpty() && !value.isObject())
            return {};
        return checkBelow(rule, rest.substr(name.size()), value.toObject().value(member),
                          path.isEmpty() ? member : path + u'.' + member);
    }

    Result<void> checkUnread(const QJsonObject &input)
    {
        const QString name = toQString(kUnreadList);
        const QJsonValue list = input.value(name);
        if (!list.isUndefined() && !list.isNull() && !list.isArray())
            return wrongShape(u" must be a list."_s, name);
        for (const QJsonValue &item : list.toArray()) {
            const QJsonObject object = item.toObject();
            for (auto it = object.begin(); it != object.end(); ++it) {
                if (!it.value().isString())
                    return wrongShape(u" must be a text."_s, name + u'.' + it.key());
            }
        }
        return {};
    }
}

Result<void> checkWireShape(const QString &operation, const QJsonObject &input)
{
    if (operation == u"CreateActivation"_s) {
        if (auto checked = checkUnread(input); !checked)
            return checked;
    }
    const std::string name = toStd(operation);
    for (const ShapeRule &rule : kShapeRules) {
        if (rule.operation != name)
            continue;
        if (auto checked = checkBelow(rule, rule.path, input, QString()); !checked)
            return checked;
    }
    return {};
}

}
