#include "models/nodes/rollover/ca_roll_over_feed.h"

#include "backend/base/on_result.h"
#include "backend/nodes/rollover/ca_roll_over_service.h"

namespace fb {

using namespace std::chrono_literals;

namespace {
    struct ReadCa {
        ShownFleetCa state;
        QList<CaNodeRow> behind;
    };

    ReadCa shown(const CaRollOverStatus &status)
    {
        using Phase = ShownFleetCa::Phase;
        ReadCa read {.state = {.phase = status.phase == CaPhase::Stable ? Phase::Stable
                                   : status.phase == CaPhase::Published ? Phase::Published
                                                                        : Phase::Issuing,
                               .sha256 = status.present.sha256,
                               .notAfter = status.present.notAfter,
                               .nextSha256 = status.next ? status.next->sha256 : QString(),
                               .nextNotAfter = status.next ? status.next->notAfter : Instant(),
                               .nodes = status.nodes,
                               .trusting = status.trusting,
                               .renewed = status.renewed,
                               .waitedFor = status.waitedFor,
                               .behind = status.stragglerCount},
                     .behind = {}};
        int number = 0; // those that are waited for come first
        for (const CaStraggler &each : status.stragglers)
            read.behind.append({.id = toQString(each.node),
                                .name = each.name,
                                .connected = each.connected,
                                .trusts = each.trusts,
                                .renewed = each.renewed,
                                .waitedFor = number++ < status.waitedFor,
                                .refusal = each.refusal});
        return read;
    }
}

CaRollOverFeed::CaRollOverFeed(EngineThread &engine, QObject *parent) : QObject(parent), m_engine(engine)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(1s);
    connect(&m_soon, &QTimer::timeout, this, &CaRollOverFeed::read);
}

void CaRollOverFeed::start(News news)
{
    m_news = std::move(news);
    if (!std::exchange(m_isFollowing, true)) {
        const auto followed = m_engine.post([this](Engine &engine) -> Result<void> {
            connect(&engine.rollOver(), &CaRollOverService::progressed, this, &CaRollOverFeed::readSoon);
            return {};
        });
        onResult(followed, this, [](const Result<void> &) {});
    }
    read();
}

void CaRollOverFeed::readSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void CaRollOverFeed::read()
{
    const auto asked = m_engine.post([](Engine &engine) -> Result<ReadCa> {
        return engine.rollOver().status(engine.atConsole()).map(shown);
    });
    onResult(asked, this, [this](const Result<ReadCa> &read) {
        if (!read)
            return m_news.failed(shownErrorOf(read.error()));
        m_news.arrived(read->state, read->behind);
    });
}

void CaRollOverFeed::tell(std::function<Result<void>(Engine &)> step, const Done &done)
{
    onResult(m_engine.post(std::move(step)), this, [this, done](const Result<void> &answer) {
        done(answer ? ShownError() : shownErrorOf(answer.error()));
        read();
    });
}

void CaRollOverFeed::begin(Done done)
{
    tell([](Engine &engine) { return engine.rollOver().begin(engine.atConsole()); }, done);
}

void CaRollOverFeed::issue(int accepted, Done done)
{
    tell([accepted](Engine &engine) { return engine.rollOver().issue(engine.atConsole(), accepted); }, done);
}

void CaRollOverFeed::retire(int accepted, Done done)
{
    tell([accepted](Engine &engine) { return engine.rollOver().retire(engine.atConsole(), accepted); }, done);
}

}
