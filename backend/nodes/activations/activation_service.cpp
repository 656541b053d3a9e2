#include "backend/nodes/activations/activation_service.h"

#include "backend/base/fail.h"
#include "backend/base/ip_network.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/random.h"
#include "backend/core/time_text.h"
#include "backend/events/arn.h"
#include "backend/events/event_bus.h"
#include "backend/nodes/profiles/node_profile_service.h"
#include "backend/security/actions.h"
#include "backend/security/audit_log.h"

#include <QLoggingCategory>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(activationLog, "fb.activations")

namespace {
    constexpr auto kDefaultLife = std::chrono::hours(24);
    constexpr auto kLongestLife = std::chrono::days(30);
    constexpr int kCodeCharacters = 22; // base62: 131 bits

    QString newCode(Random &random)
    {
        static constexpr std::string_view kBase62
            = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        QString code;
        for (int i = 0; i < kCodeCharacters; ++i)
            code += QLatin1Char(kBase62[random.below(kBase62.size())]);
        return code;
    }

    QByteArray hashOf(const QByteArray &salt, std::string_view code)
    {
        return toBytes(sha256(salt.toStdString() + std::string(code)));
    }

    Result<QStringList> networksOf(const QStringList &texts)
    {
        QStringList networks;
        for (qsizetype i = 0; i < texts.size(); ++i) {
            const QString text = texts[i].trimmed();
            if (!ipNetworkOf(text))
                return fail(errors::kValidation,
                            u"AllowedNetworks[%1] is \"%2\"; write an address or a network such as "
                            "192.0.2.0/24 or 2001:db8::/32."_s.arg(i)
                                .arg(text.left(64)),
                            u"AllowedNetworks[%1]"_s.arg(i));
            networks << text;
        }
        return networks;
    }

    bool isAllowed(const QStringList &networks, const QString &address)
    {
        QHostAddress from(address);
        bool isMapped = false;
        if (const quint32 v4 = from.toIPv4Address(&isMapped); isMapped)
            from = QHostAddress(v4); // ::ffff:192.0.2.1 is 192.0.2.1
        return networks.isEmpty() || std::ranges::any_of(networks, [&](const QString &text) {
                   const auto network = ipNetworkOf(text);
                   return network && from.isInSubnet(*network);
               });
    }

    bool matches(const Activation &activation, const ActivationFilter &filter)
    {
        if (filter.key == u"ActivationIds"_s)
            return filter.values.contains(toQString(activation.id));
        if (filter.key == u"IamRole"_s)
            return filter.values.contains(activation.iamRole);
        return filter.values.contains(activation.defaultInstanceName);
    }
}

ActivationService::ActivationService(Parts parts, QObject *parent) : QObject(parent), m_parts(parts) { }

void ActivationService::setReach(const QString &agentUrl, const QString &caSha256)
{
    m_agentUrl = agentUrl;
    m_caSha256 = caSha256;
}

Result<CreatedActivation> ActivationService::createActivation(const Principal &who,
                                                              const CreateActivationRequest &request)
{
    if (auto allowed = m_parts.access.check(who, actions::kCreateActivation); !allowed)
        return fail(allowed.error());
    if (auto valid = validate(request); !valid)
        return fail(valid.error());
    if (auto known = m_parts.profiles.checkRole(request.iamRole); !known)
        return fail(known.error());
    if (auto tags = withTags({}, request.tags); !tags)
        return fail(tags.error());
    const Instant now = m_parts.clock.now();
    const Instant expires = request.expirationDate.value_or(now + kDefaultLife);
    if (expires <= now || expires > now + kLongestLife)
        return fail(errors::kInvalidParameters,
                    u"ExpirationDate: must be in the future and at most 30 days ahead; it is %1."_s.arg(
                        toQString(toIso8601(expires))),
                    u"ExpirationDate"_s);

    const Result<QStringList> networks = networksOf(request.allowedNetworks);
    if (!networks)
        return fail(networks.error());
    return make(who, actions::kCreateActivation,
                {.id = {},
                 .description = request.description,
                 .defaultInstanceName = request.defaultInstanceName,
                 .iamRole = request.iamRole,
                 .registrationLimit = request.registrationLimit,
                 .expirationDate = expires,
                 .createdDate = now,
                 .createdBy = who.name,
                 .tags = request.tags,
                 .requiresApproval = request.requiresApproval,
                 .allowedNetworks = *networks});
}

Result<CreatedActivation> ActivationService::createReenrolmentToken(const Principal &who, const Node &node)
{
    if (auto allowed = m_parts.access.check(who, actions::kCreateReenrolmentToken,
                                            {.nodeIds = {toQString(node.id)}, .nodeTags = node.tags});
        !allowed)
        return fail(allowed.error());
    const Instant now = m_parts.clock.now();
    return make(who, actions::kCreateReenrolmentToken,
                {.id = {},
                 .description = u"Re-enrolment of %1"_s.arg(toQString(node.id)),
                 .defaultInstanceName = {},
                 .iamRole = node.iamRole,
                 .registrationLimit = 1,
                 .expirationDate = now + kTokenLife,
                 .createdDate = now,
                 .createdBy = who.name,
                 .tags = {},
                 .allowedNetworks = {},
                 .boundNode = node.id});
}

Result<CreatedActivation> ActivationService::make(const Principal &who, const Action &action,
                                                  Activation activation)
{
    const QString code = newCode(m_parts.random);
    const QByteArray salt = toBytes(m_parts.random.bytes(16));
    activation.id = ActivationId(newUuid(m_parts.random));
    const auto stored = m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        if (auto inserted = m_repository.insert(transaction, activation, {salt, hashOf(salt, toStd(code))});
            !inserted)
            return inserted;
        if (auto told = publish(transaction, activation, u"Created"_s); !told)
            return told;
        transaction.onCommitted([this, activation] { emit activationsChanged({activation}); });
        m_parts.audit.append(transaction,
                             {.who = who,
                              .action = toQString(action.name()),
                              .target = toQString(activation.id),
                              .diff = auditDiff(Activation {}, activation)});
        return {};
    });
    if (!stored)
        return fail(stored.error());
    // A machine that still has an earlier identity says so, and is told to add --force by its agent.
    const QString install = u"flagbridge-agent register --state /var/lib/flagbridge-agent --engine %1 "
                            u"--activation-id %2 --activation-code %3 "
                            "--ca-sha256 %4"_s.arg(m_agentUrl, toQString(activation.id), code, m_caSha256);
    return CreatedActivation {
        .id = activation.id, .code = code, .installCommand = install, .caSha256 = m_caSha256};
}

Result<DescribeActivationsResult>
ActivationService::describeActivations(const Principal &who, const DescribeActivationsRequest &request) const
{
    if (auto allowed = m_parts.access.check(who, actions::kDescribeActivations); !allowed)
        return fail(allowed.error());
    QString scope = u"DescribeActivations"_s;
    for (qsizetype i = 0; i < request.filters.size(); ++i) {
        const ActivationFilter &filter = request.filters[i];
        static const QStringList known {u"ActivationIds"_s, u"DefaultInstanceName"_s, u"IamRole"_s};
        if (!known.contains(filter.key))
            return fail(errors::kInvalidFilter,
                        u"Filters[%1].FilterKey is \"%2\"; use one of %3."_s.arg(i).arg(filter.key.left(80),
                                                                                        known.join(u", "_s)),
                        u"Filters[%1].FilterKey"_s.arg(i));
        scope += u'|' + filter.key + u'=' + filter.values.join(u',');
    }
    const Result<QByteArray> start = m_parts.tokens.open(scope, request.nextToken);
    if (!start)
        return fail(start.error());
    DescribeActivationsResult answer;
    QByteArray position = *start;
    while (true) {
        const Result<QList<Activation>> rows = m_repository.list(m_parts.database.reader(), position, 200);
        if (!rows)
            return fail(rows.error());
        for (const Activation &activation : *rows) {
            position = ActivationRepository::positionOf(activation);
            if (!std::ranges::all_of(request.filters, [&](const ActivationFilter &filter) {
                    return matches(activation, filter);
                }))
                continue;
            if (answer.activations.size() == request.maxResults) {
                answer.nextToken = m_parts.tokens.issue(
                    scope, ActivationRepository::positionOf(answer.activations.constLast()));
                return answer;
            }
            answer.activations.append(withExpiry(activation));
        }
        if (rows->size() < 200)
            return answer;
    }
}

Result<void> ActivationService::deleteActivation(const Principal &who, const ActivationId &id)
{
    if (auto allowed = m_parts.access.check(who, actions::kDeleteActivation); !allowed)
        return allowed;
    const auto found = m_repository.find(m_parts.database.reader(), id);
    if (!found)
        return fail(found.error());
    if (!*found)
        return fail(errors::kInvalidActivationId, u"There is no activation %1."_s.arg(toQString(id).left(64)),
                    u"ActivationId"_s);
    if ((*found)->deleted)
        return fail(errors::kInvalidActivation, u"Activation %1 is already deleted."_s.arg(toQString(id)),
                    u"ActivationId"_s);
    return m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        if (auto marked = m_repository.markDeleted(transaction, id); !marked)
            return marked;
        if (auto told = publish(transaction, **found, u"Deleted"_s); !told)
            return told;
        transaction.onCommitted([this, id] { emit activationDeleted(id); });
        m_parts.audit.append(
            transaction,
            {.who = who, .action = u"ssm:DeleteActivation"_s, .target = toQString(id), .diff = {}});
        return {};
    });
}

Result<Activation> ActivationService::usable(const ActivationId &id, std::string_view code,
                                             const QString &address) const
{
    if (!isUuid(id.text())) // a stranger's word
        return fail(errors::kInvalidActivationId, u"There is no such activation."_s);
    const auto found = m_repository.find(m_parts.database.reader(), id);
    const auto secret = m_repository.secretOf(m_parts.database.reader(), id);
    if (!found || !secret)
        return fail(found ? secret.error() : found.error());
    if (!*found || !*secret)
        return fail(errors::kInvalidActivationId, u"There is no such activation."_s);
    if (!equalInConstantTime(viewOf(hashOf((*secret)->salt, code)), viewOf((*secret)->hash)))
        return fail(errors::kInvalidActivation, u"The activation code is wrong."_s);
    const Activation &activation = **found;
    if (activation.deleted)
        return fail(errors::kInvalidActivation, u"The activation was deleted."_s);
    if (activation.expirationDate <= m_parts.clock.now())
        return fail(errors::kInvalidActivation,
                    u"The activation expired at %1."_s.arg(toQString(toIso8601(activation.expirationDate))));
    if (activation.registrationsCount >= activation.registrationLimit)
        return fail(errors::kInvalidActivation,
                    u"The activation's limit %1 reached."_s.arg(activation.registrationLimit));
    if (!isAllowed(activation.allowedNetworks, address))
        return fail(errors::kInvalidActivation,
                    u"The activation lets no node in from %1; it allows %2."_s.arg(
                        address.left(64), activation.allowedNetworks.join(u", "_s)));
    return activation;
}

Result<qint64> ActivationService::voidAll(Transaction &transaction)
{
    return m_repository.voidAll(transaction, m_parts.clock.now());
}

Result<qint64> ActivationService::usableWith(const QString &profile) const
{
    return m_repository.usableWithRoles(m_parts.database.reader(), {profile, u"service-role/"_s + profile},
                                        m_parts.clock.now());
}

Result<void> ActivationService::takePlace(Transaction &transaction, const Activation &activation)
{
    const Result<bool> taken = m_repository.takePlace(transaction, activation.id);
    if (!taken)
        return fail(taken.error());
    if (!*taken)
        return fail(errors::kInvalidActivation,
                    u"The activation's limit %1 reached."_s.arg(activation.registrationLimit));
    Activation used = activation;
    ++used.registrationsCount;
    transaction.onCommitted([this, used] { emit activationsChanged({used}); });
    return publish(transaction, used,
                   used.registrationsCount == used.registrationLimit ? u"Exhausted"_s : u"Active"_s);
}

void ActivationService::reportLocked(const ActivationId &id, const QString &address)
{
    const QJsonObject detail {
        {u"activation-id"_s, toQString(id)}, {u"state"_s, u"Locked"_s}, {u"address"_s, address}};
    const auto told = m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        m_parts.audit.append(transaction,
                             {.who = enginePrincipal(),
                              .action = u"ssm:RegisterManagedInstance"_s,
                              .target = toQString(id),
                              .result = u"ThrottlingException"_s,
                              .diff = {{u"address"_s, address}}});
        return m_parts.events.publish(
            transaction, {.detailType = u"Activation State Change"_s, .resources = {}, .detail = detail});
    });
    if (!told)
        qCWarning(activationLog) << "a lock was not recorded:" << told.error().message.c_str();
}

Result<void> ActivationService::publish(Transaction &transaction, const Activation &activation,
                                        const QString &state)
{
    return m_parts.events.publish(transaction,
                                  {.detailType = u"Activation State Change"_s,
                                   .resources = {activationArn(m_parts.database.fleet(), activation.id)},
                                   .detail = {{u"activation-id"_s, toQString(activation.id)},
                                              {u"state"_s, state},
                                              {u"registrations"_s, activation.registrationsCount}}});
}

Activation ActivationService::withExpiry(Activation activation) const
{
    activation.expired = activation.expirationDate <= m_parts.clock.now();
    return activation;
}

}
