#include "backend/applications/parameters/parameter_policies.h"

#include "backend/base/fail.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
    constexpr qsizetype kMostPolicies = 10;
    constexpr qint64 kMostUnits = 1'000'000; // 114 years of hours
    const QString kPoliciesField = u"Policies"_s;

    tl::unexpected<Error> wrongAttribute(const QString &message)
    {
        return fail(errors::kInvalidPolicyAttribute, message, kPoliciesField);
    }

    Result<Microseconds> span(const QJsonObject &attributes, const QString &policy, const QString &member)
    {
        const QJsonValue written = attributes[member];
        const QString text
            = written.isDouble() ? QString::number(written.toDouble(), 'f', 0) : written.toString();
        bool isNumber = false;
        const qint64 count = text.toLongLong(&isNumber);
        if (!isNumber || count < 1 || count > kMostUnits)
            return wrongAttribute(u"%1: %2 is \"%3\"; it must be a whole number from 1 to %4."_s
                                      .arg(policy, member, text.left(40))
                                      .arg(kMostUnits));
        const QString unit = attributes[u"Unit"_s].toString();
        if (unit == u"Days"_s)
            return Microseconds(count * std::chrono::hours(24)); // a day is 24 h, whatever clocks do
        if (unit == u"Hours"_s)
            return Microseconds(count * std::chrono::hours(1));
        return wrongAttribute(u"%1: Unit is \"%2\"; it must be Days or Hours."_s.arg(policy, unit.left(40)));
    }

    Result<PolicyRule> ruleOf(const QJsonObject &policy)
    {
        const QString type = policy[u"Type"_s].toString();
        const auto kind = enumNamed<PolicyKind>(type, kPoliciesField);
        if (!kind)
            return fail(errors::kInvalidPolicyType,
                        u"The policy type \"%1\" is not known; Expiration, ExpirationNotification and "
                        "NoChangeNotification are."_s.arg(type.left(80)),
                        kPoliciesField);
        if (const QString version = policy[u"Version"_s].toString(); version != u"1.0"_s)
            return wrongAttribute(u"%1: Version is \"%2\"; it must be 1.0."_s.arg(type, version.left(40)));
        const QJsonObject attributes = policy[u"Attributes"_s].toObject();
        PolicyRule rule {.kind = *kind,
                         .text = QString::fromUtf8(QJsonDocument(policy).toJson(QJsonDocument::Compact))};
        if (*kind == PolicyKind::Expiration) {
            const QString written = attributes[u"Timestamp"_s].toString();
            const auto at = policyInstant(written);
            if (!at)
                return wrongAttribute(
                    u"Expiration: Timestamp is \"%1\"; it must be a moment as in 2026-12-02T21:34:33.000Z."_s
                        .arg(written.left(80)));
            rule.expiresAt = *at;
            return rule;
        }
        const auto length
            = span(attributes, type, *kind == PolicyKind::ExpirationNotification ? u"Before"_s : u"After"_s);
        if (!length)
            return length.error();
        rule.span = *length;
        return rule;
    }

    Result<void> checkTogether(const QList<PolicyRule> &rules)
    {
        const auto count
            = [&rules](PolicyKind kind) { return std::ranges::count(rules, kind, &PolicyRule::kind); };
        const auto expirations = count(PolicyKind::Expiration);
        if (expirations > 1)
            return fail(errors::kIncompatiblePolicy,
                        u"There are %1 Expiration policies; a parameter can have one."_s.arg(expirations),
                        kPoliciesField);
        if (expirations == 0 && count(PolicyKind::ExpirationNotification) > 0)
            return fail(errors::kIncompatiblePolicy,
                        u"An ExpirationNotification policy needs an Expiration policy beside it."_s,
                        kPoliciesField);
        return {};
    }

    Result<QList<PolicyRule>> rulesOf(const QString &json)
    {
        QJsonParseError fault;
        const QJsonDocument document = QJsonDocument::fromJson(json.toUtf8(), &fault);
        if (!document.isArray())
            return fail(errors::kValidation,
                        u"Policies is no JSON list%1."_s.arg(
                            document.isNull()
                                ? u": %1 at byte %2"_s.arg(fault.errorString()).arg(fault.offset)
                                : QString()),
                        kPoliciesField);
        QList<PolicyRule> rules;
        const QJsonArray list = document.array();
        if (list.size() > kMostPolicies)
            return fail(
                errors::kPoliciesLimitExceeded,
                u"There are %1 policies; a parameter can have %2."_s.arg(list.size()).arg(kMostPolicies),
                kPoliciesField);
        if (list.size() == 1 && list[0].isObject() && list[0].toObject().isEmpty())
            return rules; // [{}] takes all away
        for (const QJsonValue &item : list) {
            if (!item.isObject())
                return fail(errors::kValidation, u"Policies has an item that is no JSON object."_s,
                            kPoliciesField);
            auto rule = ruleOf(item.toObject());
            if (!rule)
                return rule.error();
            rules.append(*rule);
        }
        if (auto together = checkTogether(rules); !together)
            return together.error();
        return rules;
    }
}

std::optional<Instant> policyInstant(const QString &text)
{
    static const QRegularExpression pattern(QRegularExpression::anchoredPattern(
        u"(\\d{4})-(\\d\\d)-(\\d\\d)T(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?"
        "(?:Z|([+-])(\\d\\d):(\\d\\d)(?::(\\d\\d))?)"_s));
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const auto number = [&match](int group) { return match.captured(group).toInt(); };
    const QDate date(number(1), number(2), number(3));
    const QTime time(number(4), number(5), number(6));
    if (!date.isValid() || !time.isValid() || number(9) > 18 || number(10) > 59 || number(11) > 59)
        return std::nullopt;
    const qint64 micros = match.captured(7).leftJustified(6, u'0').left(6).toLongLong();
    const auto offset
        = std::chrono::hours(number(9)) + std::chrono::minutes(number(10)) + std::chrono::seconds(number(11));
    const qint64 seconds = QDateTime(date, time, Qt::UTC).toSecsSinceEpoch();
    const Instant local = fromMicros(seconds * 1'000'000 + micros);
    return match.captured(8) == u"-"_s ? local + offset : local - offset;
}

Result<QList<PolicyRule>> parsePolicies(const QString &json, Instant now)
{
    auto rules = rulesOf(json);
    if (!rules)
        return rules;
    for (const PolicyRule &rule : std::as_const(*rules)) {
        if (rule.kind == PolicyKind::Expiration && rule.expiresAt <= now)
            return wrongAttribute(u"Expiration: Timestamp is in the past."_s);
    }
    return rules;
}

QList<PolicyRule> storedPolicies(const QString &json)
{
    return json.isEmpty() ? QList<PolicyRule>() : rulesOf(json).value_or(QList<PolicyRule>());
}

QString policiesText(const QList<PolicyRule> &rules)
{
    if (rules.isEmpty())
        return {};
    QStringList texts;
    for (const PolicyRule &rule : rules)
        texts.append(rule.text);
    return u'[' + texts.join(u',') + u']';
}

QList<DuePolicy> duePolicies(const QList<PolicyRule> &rules, Instant modifiedAt,
                             const QList<DuePolicy> &before)
{
    const auto expiration = std::ranges::find(rules, PolicyKind::Expiration, &PolicyRule::kind);
    QList<DuePolicy> policies;
    for (const PolicyRule &rule : rules) {
        DuePolicy policy {.rule = rule, .status = PolicyStatus::Pending, .due = rule.expiresAt};
        if (rule.kind == PolicyKind::NoChangeNotification)
            policy.due = modifiedAt + rule.span;
        else if (rule.kind == PolicyKind::ExpirationNotification)
            policy.due = expiration->expiresAt - rule.span;
        const auto same = std::ranges::find_if(before, [&policy](const DuePolicy &earlier) {
            return earlier.rule.text == policy.rule.text && earlier.due == policy.due;
        });
        if (same != before.end())
            policy.status = same->status;
        policies.append(policy);
    }
    return policies;
}

}
