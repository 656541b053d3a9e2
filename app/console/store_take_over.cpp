#include "app/console/store_take_over.h"

#include "backend/base/fail.h"
#include "backend/control/control_client.h"
#include "backend/store/engine_lock.h"

#include <QDeadlineTimer>
#include <QThread>

#include <sys/socket.h>
#include <sys/time.h>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr auto kLongest = std::chrono::seconds(30); // to finish what it is at
    constexpr auto kBetween = std::chrono::milliseconds(50);
}

Result<TakenOver> takeStoreOver(const QString &dataDir)
{
    auto engine = ControlClient::connectTo(dataDir);
    if (!engine) { // it starts or ends just now, or is no engine
        const auto lock = EngineLock::take(dataDir);
        return lock ? engine.error() : lock.error();
    }
    // A stopped engine must not hold the console up for ever.
    const timeval longest {.tv_sec = kLongest.count(), .tv_usec = 0};
    ::setsockopt((*engine)->descriptor(), SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
    const Result<QJsonObject> answer = (*engine)->call(u"HandOver"_s, {});
    if (!answer && answer.error().code == errors::kValidation) // it does not know the word
        return fail(
            errors::kConflict,
            u"Another console works on %1. Close that one, or give this one another --data."_s.arg(dataDir));
    if (!answer)
        return answer.error();
    for (const QDeadlineTimer deadline(kLongest); !deadline.hasExpired(); QThread::msleep(kBetween.count())) {
        if (EngineLock::take(dataDir))
            return TakenOver {(*answer)[u"Listen"].toString(), (*answer)[u"Advertise"].toString()};
    }
    return fail(
        errors::kServiceUnavailable,
        u"The engine on %1 was asked to hand its store over and did not end within %2 seconds."_s.arg(dataDir)
            .arg(kLongest.count()));
}

}
