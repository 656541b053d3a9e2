#include "backend/settings/service_settings.h"

#include "backend/base/fail.h"
#include "backend/core/text_safety.h"
#include "backend/events/arn.h"
#include "backend/security/actions.h"
#include "backend/security/audit_log.h"
#include "backend/security/vault.h"

#include <QRegularExpression>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kMostCharacters = 4096;
    constexpr int kMostMiB = 16 * 1024 * 1024; // 16 TiB
    const QString kSecretPurpose = u"service-setting"_s;
    const QString kArnKind = u"servicesetting"_s;

    struct Rule {
        QString byDefault;
        QStringList allowed; // empty: any text
        int least = 0; // of a whole number; both 0: it is none
        int most = 0;
        bool isSecret = false;
    };

    const QHash<QString, Rule> &rules()
    {
        static const QStringList truth {u"true"_s, u"false"_s};
        static const QStringList enabled {u"Enabled"_s, u"Disabled"_s};
        static const QHash<QString, Rule> all {
            {settings::kDefaultHostManagement, {settings::kNone, {}}},
            {u"/ssm/managed-instance/activation-tier"_s, {u"standard"_s, {u"standard"_s, u"advanced"_s}}},
            {settings::kPublicDocumentSharing, {u"Enable"_s, {u"Enable"_s, u"Disable"_s}}},
            {settings::kDefaultParameterTier,
             {u"Standard"_s, {u"Standard"_s, u"Advanced"_s, u"Intelligent-Tiering"_s}}},
            {u"/ssm/parameter-store/high-throughput-enabled"_s, {u"false"_s, truth}},
            {settings::kStrictPathDeny, {u"true"_s, truth}},
            {settings::kStandardParameters, {u"10000"_s, {}, 1, 1'000'000}},
            {settings::kAdvancedParameters, {u"100000"_s, {}, 1, 1'000'000}},
            {u"/ssm/opsinsights/opscenter"_s, {u"Disabled"_s, enabled}},
            {u"/ssm/appmanager/appmanager-enabled"_s, {u"True"_s, {u"True"_s, u"False"_s}}},
            {u"/ssm/automation/customer-script-log-destination"_s, {settings::kNone, {}}},
            {u"/ssm/automation/customer-script-log-group-name"_s, {settings::kNone, {}}},
            {u"/ssm/automation/enable-adaptive-concurrency"_s, {u"false"_s, truth}},
            {settings::kHardwareThreshold, {u"40"_s, {}}},
            {settings::kStrictHardware, {u"false"_s, truth}},
            {settings::kDeniedForwards, {settings::kNone, {}}},
            {settings::kSessionReason, {u"false"_s, truth}},
            {settings::kDesktopMinutes, {u"60"_s, {}, 5, 1440}},
            {settings::kDesktopIdleMinutes, {u"10"_s, {}, 2, 1440}},
            {settings::kDesktopsAtOnce, {u"5"_s, {}, 1, 20}},
            {settings::kConsoleIdleMinutes, {u"15"_s, {}, 1, 480}},
            {settings::kArtifactsMiB, {u"51200"_s, {}, 1, kMostMiB}},
            {settings::kOutputsMiB, {u"20480"_s, {}, 1, kMostMiB}},
            {settings::kRecordingsMiB, {u"20480"_s, {}, 1, kMostMiB}},
            {settings::kDocumentFilesMiB, {u"10240"_s, {}, 1, kMostMiB}},
            {settings::kAgentBuildsMiB, {u"4096"_s, {}, 1, kMostMiB}},
            {settings::kLeastFreeMiB, {u"512"_s, {}, 1, kMostMiB}},
            {settings::kRemoveRecordings, {u"false"_s, truth}},
            {settings::kS3Endpoint, {settings::kNone, {}}},
            {settings::kS3Region, {u"us-east-1"_s, {}}},
            {settings::kS3AccessKeyId, {settings::kNone, {}}},
            {settings::kS3SecretAccessKey, {.byDefault = settings::kNone, .isSecret = true}},
        };
        return all;
    }
}

ServiceSettings::ServiceSettings(Parts parts, QObject *parent) : QObject(parent), m_parts(parts)
{
    addCheck(settings::kHardwareThreshold, [](const QString &value) -> Result<void> {
        bool isNumber = false;
        const int percent = value.toInt(&isNumber);
        if (isNumber && (percent == -1 || (percent >= 1 && percent <= 100)))
            return {};
        return fail(
            errors::kValidation,
            u"SettingValue is \"%1\"; it must be 1 to 100 percent, or -1 for off."_s.arg(value.left(80)),
            u"SettingValue"_s);
    });
    addPattern(settings::kS3Endpoint, u"https?://[A-Za-z0-9.:\\[\\]-]{1,260}/?"_s,
               u"https://HOST or https://HOST:PORT (http:// is taken, too)"_s);
    addPattern(settings::kS3Region, u"[a-z0-9-]{1,64}"_s, u"a region, as in eu-west-1"_s);
    addPattern(settings::kS3AccessKeyId, u"[\\x21-\\x7e]{1,128}"_s,
               u"1 to 128 letters, digits and signs without a blank"_s);
    addCheck(settings::kS3SecretAccessKey, [](const QString &value) -> Result<void> {
        if (value != settings::kSecretSet)
            return {};
        return fail(
            errors::kValidation,
            u"SettingValue is %1, which stands for a secret that is set; give the secret itself."_s.arg(
                settings::kSecretSet),
            u"SettingValue"_s);
    });
}

// Settings of a form; none at all is always one.
void ServiceSettings::addPattern(const QString &id, const QString &pattern, const QString &words)
{
    const QRegularExpression whole(QRegularExpression::anchoredPattern(pattern));
    addCheck(id, [whole, words](const QString &value) -> Result<void> {
        if (value == settings::kNone || whole.match(value).hasMatch())
            return {};
        return fail(errors::kValidation,
                    u"SettingValue is \"%1\"; it must be %2."_s.arg(value.left(80), words),
                    u"SettingValue"_s);
    });
}

Result<void> ServiceSettings::start()
{
    const auto stored = m_repository.all(m_parts.database.reader());
    if (!stored)
        return stored.error();
    m_stored.clear();
    for (const ServiceSetting &setting : *stored)
        m_stored.insert(setting.id, setting);
    return {};
}

void ServiceSettings::addCheck(const QString &id, std::function<Result<void>(const QString &)> check)
{
    m_checks.insert(id, std::move(check));
}

Result<QString> ServiceSettings::known(const QString &id) const
{
    QString name = id;
    const QString resource = arnResource(m_parts.database.fleet(), id); // "servicesetting/ssm/..."
    if (resource.startsWith(kArnKind))
        name = resource.mid(kArnKind.size());
    if (rules().contains(name))
        return name;
    return fail(kServiceSettingNotFound, u"There is no service setting %1."_s.arg(id.left(200)),
                u"SettingId"_s);
}

ServiceSetting ServiceSettings::settingOf(const QString &id) const
{
    ServiceSetting setting = m_stored.value(id);
    if (setting.id.isEmpty()) {
        setting.id = id;
        setting.value = rules().value(id).byDefault;
    }
    setting.arn = arn(m_parts.database.fleet(), u"ssm"_s, kArnKind + id);
    return setting;
}

QString ServiceSettings::value(const QString &id) const { return settingOf(id).value; }

Result<ServiceSetting> ServiceSettings::get(const Principal &who, const QString &id) const
{
    if (auto allowed = m_parts.access.check(who, actions::kGetServiceSetting); !allowed)
        return fail(allowed.error());
    return known(id).map([this](const QString &name) { return settingOf(name); });
}

Result<QList<KnownSetting>> ServiceSettings::list(const Principal &who) const
{
    if (auto allowed = m_parts.access.check(who, actions::kGetServiceSetting); !allowed)
        return fail(allowed.error());
    QStringList ids = rules().keys();
    ids.sort();
    QList<KnownSetting> all;
    for (const QString &id : std::as_const(ids)) {
        const Rule rule = rules().value(id);
        all.append({.setting = settingOf(id),
                    .byDefault = rule.byDefault,
                    .allowed = rule.allowed,
                    .least = rule.least,
                    .most = rule.most,
                    .isSecret = rule.isSecret});
    }
    return all;
}

Result<void> ServiceSettings::update(const Principal &who, const QString &id, const QString &value)
{
    if (auto allowed = m_parts.access.check(who, actions::kUpdateServiceSetting); !allowed)
        return allowed;
    const Result<QString> name = known(id);
    if (!name)
        return name.error();
    if (value.isEmpty() || value.size() > kMostCharacters || hasControlOrBidi(toStd(value)))
        return fail(errors::kValidation,
                    u"SettingValue has %1 characters; it must have 1 to %2, and no control character."_s
                        .arg(value.size())
                        .arg(kMostCharacters),
                    u"SettingValue"_s);
    const Rule rule = rules()[*name];
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    if (rule.most > 0 && (!isNumber || number < rule.least || number > rule.most))
        return fail(
            errors::kValidation,
            u"SettingValue is \"%1\"; %2 takes a whole number from %3 to %4."_s.arg(value.left(80), *name)
                .arg(rule.least)
                .arg(rule.most),
            u"SettingValue"_s);
    const QStringList &allowedValues = rule.allowed;
    if (!allowedValues.isEmpty() && !allowedValues.contains(value))
        return fail(errors::kValidation,
                    u"SettingValue is \"%1\"; %2 takes %3."_s.arg(value.left(80), *name,
                                                                  allowedValues.join(u" or "_s)),
                    u"SettingValue"_s);
    if (const auto check = m_checks.constFind(*name); check != m_checks.cend()) {
        if (auto checked = (*check)(value); !checked)
            return checked;
    }
    const ServiceSetting before = settingOf(*name);
    ServiceSetting after = before;
    after.value = rule.isSecret && value != settings::kNone ? settings::kSecretSet : value;
    after.modifiedAt = m_parts.clock.now();
    after.modifiedBy = who.name;
    after.status = SettingStatus::Customized;
    return store(who, actions::kUpdateServiceSetting, before, after, value);
}

Result<ServiceSetting> ServiceSettings::reset(const Principal &who, const QString &id)
{
    if (auto allowed = m_parts.access.check(who, actions::kResetServiceSetting); !allowed)
        return fail(allowed.error());
    const Result<QString> name = known(id);
    if (!name)
        return fail(name.error());
    const ServiceSetting before = settingOf(*name);
    ServiceSetting after = before;
    after.value = rules()[*name].byDefault;
    after.modifiedAt.reset();
    after.modifiedBy.clear();
    after.status = SettingStatus::Default;
    if (after == before)
        return after;
    return store(who, actions::kResetServiceSetting, before, after).map([&] { return after; });
}

// What is changed stands in memory at once; a batch that fails takes it back.
Result<void> ServiceSettings::store(const Principal &who, const Action &action, const ServiceSetting &before,
                                    const ServiceSetting &after, const QString &secret)
{
    const auto stored = m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        auto written = after.status == SettingStatus::Default ? m_repository.remove(transaction, after.id)
                                                              : m_repository.put(transaction, after);
        if (written && rules()[after.id].isSecret)
            written = keepSecret(transaction, after, secret);
        if (!written)
            return written;
        m_parts.audit.append(transaction,
                             {.who = who,
                              .action = toQString(action.name()),
                              .target = after.arn,
                              .diff = auditDiff(before, after)});
        transaction.onCommitted([this, id = after.id] { emit changed(id); });
        transaction.onRolledBack([this, before](const Error &) { keep(before); });
        return {};
    });
    if (stored)
        keep(after);
    return stored;
}

Result<void> ServiceSettings::keepSecret(Transaction &transaction, const ServiceSetting &setting,
                                         const QString &secret)
{
    if (!m_parts.vault)
        return fail(errors::kValidation, u"This store keeps no secrets."_s, u"SettingValue"_s);
    if (setting.value != settings::kSecretSet)
        return m_parts.vault->remove(transaction, kSecretPurpose, setting.id).map([](bool) {});
    const SecretBytes plain(toStd(secret));
    return m_parts.vault->put(transaction, {.purpose = kSecretPurpose, .name = setting.id}, plain.view());
}

Result<std::optional<SecretBytes>> ServiceSettings::secret(const QString &id) const
{
    if (!m_parts.vault || value(id) != settings::kSecretSet)
        return std::optional<SecretBytes>();
    auto item = m_parts.vault->get(m_parts.database.reader(), kSecretPurpose, id);
    if (!item)
        return item.error();
    return *item ? std::optional(std::move((*item)->secret)) : std::nullopt;
}

void ServiceSettings::keep(const ServiceSetting &setting)
{
    if (setting.status == SettingStatus::Default)
        m_stored.remove(setting.id);
    else
        m_stored.insert(setting.id, setting);
}

}
