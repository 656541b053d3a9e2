#include "backend/nodes/sessions/session_preferences.h"

#include "backend/base/fail.h"
#include "backend/language/tree.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QString text(const Tree &inputs, const char *name)
    {
        const Tree *value = inputs.find(name);
        return value != nullptr && value->isScalar() ? toQString(value->text()).trimmed() : QString();
    }

    bool flag(const Tree &inputs, const char *name, bool usual)
    {
        const QString written = text(inputs, name).toLower();
        return written.isEmpty() ? usual : written == u"true"_s;
    }

    Result<int> number(const Tree &inputs, const char *name, int usual, int least, int most)
    {
        const QString written = text(inputs, name);
        if (written.isEmpty())
            return usual;
        bool isNumber = false;
        const int value = written.toInt(&isNumber);
        if (!isNumber || value < least || value > most)
            return fail(
                errors::kInvalidDocument,
                u"inputs.%1 is \"%2\"; it must be %3 to %4."_s.arg(QLatin1String(name), written.left(40))
                    .arg(least)
                    .arg(most),
                u"inputs.%1"_s.arg(QLatin1String(name)));
        return value;
    }
}

Result<SessionPreferences> sessionPreferences(const Tree &inputs)
{
    SessionPreferences preferences;
    const auto idle = number(inputs, "idleSessionTimeout", 20, 1, 60);
    const auto longest = number(inputs, "maxSessionDuration", 0, 1, 1440);
    const auto kept = number(inputs, "recordingRetentionDays", 365, 1, 3650);
    for (const auto *read : {&idle, &longest, &kept}) {
        if (!*read)
            return read->error();
    }
    preferences.idleTimeout = std::chrono::minutes(*idle);
    preferences.maxDuration = std::chrono::minutes(*longest);
    preferences.recordingRetentionDays = *kept;
    preferences.runAsEnabled = flag(inputs, "runAsEnabled", false);
    preferences.runAsDefaultUser = text(inputs, "runAsDefaultUser");
    preferences.recordingEnabled = flag(inputs, "recordingEnabled", true);
    preferences.recordInput = flag(inputs, "recordInput", false);
    preferences.s3BucketName = text(inputs, "s3BucketName");
    preferences.cloudWatchLogGroupName = text(inputs, "cloudWatchLogGroupName");
    preferences.kmsKeyId = text(inputs, "kmsKeyId");
    if (const Tree *profile = inputs.find("shellProfile")) {
        preferences.shellProfileLinux = text(*profile, "linux");
        preferences.shellProfileMacos = text(*profile, "macos");
    }
    return preferences;
}

Result<QString> runAsUser(const SessionPreferences &preferences, const QString &operatorRunAs)
{
    if (!preferences.runAsEnabled)
        return QString();
    const QString user = operatorRunAs.isEmpty() ? preferences.runAsDefaultUser : operatorRunAs;
    if (user.isEmpty())
        return fail(errors::kValidation, u"Run As is on but no user is named."_s,
                    u"inputs.runAsDefaultUser"_s);
    if (user == u"root"_s || user == u"0"_s)
        return fail(errors::kValidation, u"Run As names root, which is refused."_s,
                    u"inputs.runAsDefaultUser"_s);
    return user;
}

}
