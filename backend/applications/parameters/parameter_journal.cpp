#include "backend/applications/parameters/parameter_journal.h"

#include "backend/events/arn.h"
#include "backend/events/event_bus.h"
#include "backend/security/audit_log.h"

namespace fb {

using namespace Qt::StringLiterals;

ParameterJournal::ParameterJournal(AuditLog &audit, EventBus &events, const FleetIdentity &fleet)
    : m_audit(audit),
      m_events(events),
      m_fleet(fleet)
{
}

Result<void> ParameterJournal::record(Transaction &tx, const Principal &who, Action action,
                                      ParameterChange change, const ParameterHead &head,
                                      const QString &description, const QJsonObject &diff)
{
    recordQuietly(tx, who, action, head, diff);
    return m_events.publish(tx,
                            {.detailType = u"Parameter Store Change"_s,
                             .resources = {parameterArn(m_fleet, head.canonicalName)},
                             .detail = {{u"operation"_s, enumName(change)},
                                        {u"name"_s, head.name},
                                        {u"type"_s, enumName(head.type)},
                                        {u"description"_s, description}}});
}

void ParameterJournal::recordQuietly(Transaction &tx, const Principal &who, Action action,
                                     const ParameterHead &head, const QJsonObject &diff)
{
    m_audit.append(tx,
                   {.who = who,
                    .action = toQString(action.name()),
                    .target = parameterArn(m_fleet, head.canonicalName),
                    .diff = diff});
}

Result<void> ParameterJournal::recordPolicyAction(Transaction &tx, const ParameterHead &head,
                                                  const QString &policyType, const QString &policyText,
                                                  const QString &failure)
{
    return m_events.publish(tx,
                            {.detailType = u"Parameter Store Policy Action"_s,
                             .resources = {parameterArn(m_fleet, head.canonicalName)},
                             .detail = {{u"parameter-name"_s, head.name},
                                        {u"parameter-type"_s, enumName(head.type)},
                                        {u"policy-type"_s, policyType},
                                        {u"policy-content"_s, policyText},
                                        {u"action-status"_s, failure.isEmpty() ? u"Success"_s : u"Failed"_s},
                                        {u"action-reason"_s, failure}}});
}

Result<void> ParameterJournal::recordSecretRead(const Principal &who, Action action,
                                                const ParameterHead &head, qint64 version)
{
    return m_audit.record({.who = who,
                           .action = toQString(action.name()),
                           .target = parameterArn(m_fleet, head.canonicalName),
                           .diff = {{u"decrypted"_s, true}, {u"version"_s, version}}});
}

Result<void> ParameterJournal::recordRefusal(const Principal &who, Action action,
                                             const QString &canonicalName, const Error &error)
{
    return m_audit.record(
        {.who = who,
         .action = toQString(action.name()),
         .target = canonicalName.isEmpty() ? QString() : parameterArn(m_fleet, canonicalName),
         .result = toQString(error.code.name()),
         .diff = {}});
}

}
