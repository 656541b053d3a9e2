#include "models/nodes/fleet/hardware_feed.h"

#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/nodes/fleet/hardware_service.h"

#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QStringList valuesOf(const NodeHardware &hardware)
    {
        return {hardware.machineId, hardware.cpu,       hardware.memory, hardware.bios, hardware.system,
                hardware.hostname,  hardware.ipAddress, hardware.mac,    hardware.disks};
    }

    HardwareRow::Cause causeOf(HardwareCause cause)
    {
        switch (cause) {
        case HardwareCause::DuplicateNode:
            return HardwareRow::Cause::Duplicate;
        case HardwareCause::HardwareChanged:
            return HardwareRow::Cause::Changed;
        case HardwareCause::FingerprintMismatch:
            break;
        }
        return HardwareRow::Cause::OtherMachine;
    }

    HardwareRow rowOf(const HardwareDifference &difference, const Node *node)
    {
        HardwareRow row {.id = toQString(difference.node),
                         .name = toQString(difference.node),
                         .cause = causeOf(difference.cause),
                         .address = difference.address,
                         .seen = difference.seenAt,
                         .accepted = valuesOf(difference.accepted),
                         .other = valuesOf(difference.other),
                         .raw = QString::fromUtf8(QJsonDocument(toJson(difference)).toJson())};
        if (node && !node->shownName().isEmpty())
            row.name = node->shownName().text();
        return row;
    }
}

HardwareFeed::HardwareFeed(EngineThread &engine, QObject *parent) : QObject(parent), m_engine(engine) { }

void HardwareFeed::start(News news)
{
    m_news = std::move(news);
    if (!std::exchange(m_isFollowing, true)) {
        const auto followed = m_engine.post([this](Engine &engine) -> Result<void> {
            connect(&engine.hardware(), &HardwareService::differencesChanged, this, &HardwareFeed::read);
            return {};
        });
        onResult(followed, this, [](const Result<void> &) {});
    }
    read();
}

void HardwareFeed::read()
{
    using Rows = QList<HardwareRow>;
    const auto asked = m_engine.post([](Engine &engine) -> Result<Rows> {
        return engine.hardware()
            .differences(engine.atConsole())
            .map([&](const QList<HardwareDifference> &all) {
                Rows rows;
                for (const HardwareDifference &difference : all)
                    rows << rowOf(difference, engine.fleet().node(difference.node));
                return rows;
            });
    });
    onResult(asked, this, [this](const Result<Rows> &rows) {
        if (!rows)
            return m_news.failed(shownErrorOf(rows.error()));
        QSet<QString> now;
        for (const HardwareRow &row : *rows)
            now.insert(row.id);
        const QSet<QString> gone = std::exchange(m_shown, now) - now;
        if (!gone.isEmpty())
            m_news.removed(gone.values());
        m_news.arrived(*rows);
        m_news.complete(false);
    });
}

void HardwareFeed::decide(const QString &id, HardwareWord word,
                          std::function<void(const ShownError &problem)> done)
{
    const auto decided = m_engine.post([id, word](Engine &engine) {
        const auto node = toId<NodeId>(id);
        return word == HardwareWord::Accept ? engine.hardware().accept(engine.atConsole(), node)
                                            : engine.hardware().dismiss(engine.atConsole(), node);
    });
    onResult(decided, this, [done](const Result<void> &answer) {
        done(answer ? ShownError() : shownErrorOf(answer.error()));
    });
}

}
