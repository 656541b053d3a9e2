#include "models/nodes/sessions/tunnels_feed.h"

#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/core/text_safety.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/nodes/sessions/local_port.h"
#include "backend/nodes/sessions/port_tunnels.h"
#include "backend/nodes/sessions/session_service.h"
#include "models/nodes/sessions/kept_tunnels.h"
#include "models/settings/console_settings.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr std::chrono::seconds kRetryAfter {5};
    const auto kLivePrefix = u"tunnel-"_s;
    const auto kKeptPrefix = u"kept-"_s;

    QString tunnelShown(const QString &text) { return toQString(withVisibleEscapes(toStd(text))); }

    QString nodeName(Engine &engine, const NodeId &id)
    {
        const Node *node = engine.fleet().node(id);
        return node && !node->shownName().isEmpty() ? tunnelShown(node->shownName()) : toQString(id);
    }

    TunnelRow::State stateOf(TunnelState state)
    {
        switch (state) {
        case TunnelState::Opening:
            return TunnelRow::State::Opening;
        case TunnelState::Open:
            return TunnelRow::State::Open;
        case TunnelState::Away:
            return TunnelRow::State::Away;
        case TunnelState::Resting:
            return TunnelRow::State::Resting;
        case TunnelState::Closed:
            break;
        }
        return TunnelRow::State::NotOpen;
    }

    TunnelRow rowOf(const Tunnel &tunnel, Engine &engine)
    {
        TunnelRow row;
        row.id = kLivePrefix + QString::number(tunnel.number);
        row.wish = {.nodeId = toQString(tunnel.request.node),
                    .host = tunnel.request.host,
                    .port = tunnel.request.port,
                    .localPort = tunnel.request.localPort,
                    .name = tunnel.request.name,
                    .keepOpen = tunnel.request.keepOpen};
        row.nodeName = nodeName(engine, tunnel.request.node);
        row.state = stateOf(tunnel.state);
        row.cause = tunnelShown(tunnel.cause);
        row.lastRefusal = tunnelShown(tunnel.lastRefusal);
        row.localPort = tunnel.localPort;
        row.sessionId = toQString(tunnel.session);
        row.opened = tunnel.openedAt;
        row.toNode = tunnel.toNode;
        row.fromNode = tunnel.fromNode;
        row.connectionsSoFar = tunnel.connectionsSoFar;
        for (const TunnelConnection &each : tunnel.connections)
            row.connections.append({.peer = each.peer,
                                    .opened = each.openedAt,
                                    .isConnected = each.isConnected,
                                    .toNode = each.toNode,
                                    .fromNode = each.fromNode});
        return row;
    }

    TunnelRequest requestOf(const TunnelWish &wish)
    {
        TunnelRequest request;
        request.node = toId<NodeId>(wish.nodeId);
        request.host = wish.host;
        request.port = wish.port;
        request.localPort = wish.localPort;
        request.name = wish.name;
        request.keepOpen = wish.keepOpen;
        return request;
    }
}

TunnelsFeed::TunnelsFeed(EngineThread &engine, ConsoleSettings &settings, QObject *parent)
    : QObject(parent),
      m_engine(engine),
      m_settings(settings)
{
    m_retry.setInterval(kRetryAfter);
    connect(&m_retry, &QTimer::timeout, this, &TunnelsFeed::reopen);
}

void TunnelsFeed::start(News news)
{
    m_news = std::move(news);
    const bool isFirst = !std::exchange(m_isFollowing, true);
    using Rows = QList<QPair<TunnelRow, bool>>;
    const auto asked = m_engine.post([this, isFirst](Engine &engine) -> Result<Rows> {
        const auto rowsOf = [&engine](const QList<Tunnel> &tunnels) {
            Rows rows;
            for (const Tunnel &tunnel : tunnels)
                rows.append({rowOf(tunnel, engine), tunnel.state == TunnelState::Closed});
            return rows;
        };
        if (isFirst) { // rows are made on the engine's thread, which knows the nodes' names
            connect(&engine.tunnels(), &PortTunnels::tunnelsChanged, &engine.tunnels(),
                    [this, rowsOf](const QList<Tunnel> &tunnels) {
                        QMetaObject::invokeMethod(this, [this, rows = rowsOf(tunnels)] { take(rows); });
                    });
        }
        return rowsOf(engine.tunnels().tunnels());
    });
    onResult(asked, this, [this, isFirst](const Result<Rows> &rows) {
        if (!rows)
            return m_news.failed(shownErrorOf(rows.error()));
        if (isFirst) {
            for (const TunnelWish &wish : keptTunnelsFromBytes(m_settings.keptTunnels()))
                m_kept.append({.wish = wish});
        }
        take(*rows);
        m_news.complete(false);
        reopen();
    });
}

void TunnelsFeed::take(const QList<QPair<TunnelRow, bool>> &rows)
{
    const Tick now = m_clock.tick();
    QList<TunnelRow> changed;
    QStringList removed;
    for (const auto &[given, isClosed] : rows) {
        if (isClosed) {
            removed.append(given.id);
            m_passed.remove(given.id);
            continue;
        }
        TunnelRow row = given;
        const auto before = m_passed.constFind(row.id);
        if (before != m_passed.constEnd() && !row.connections.isEmpty() && now > before->at) {
            const double seconds = static_cast<double>((now - before->at).count()) / 1e6;
            row.toNodeRate = static_cast<qint64>(static_cast<double>(row.toNode - before->toNode) / seconds);
            row.fromNodeRate
                = static_cast<qint64>(static_cast<double>(row.fromNode - before->fromNode) / seconds);
        }
        m_passed.insert(row.id, {now, row.toNode, row.fromNode});
        changed.append(row);
    }
    if (!removed.isEmpty())
        m_news.removed(removed);
    if (!changed.isEmpty())
        m_news.arrived(changed);
}

// ---- Kept open -----------------------------------------------------------------------------------------------------

QString TunnelsFeed::keptId(qsizetype index) const
{
    const TunnelWish &wish = m_kept[index].wish;
    return kKeptPrefix + u"%1-%2-%3"_s.arg(wish.nodeId, wish.target()).arg(wish.localPort);
}

void TunnelsFeed::keep()
{
    QList<TunnelWish> wishes;
    for (const Kept &kept : m_kept)
        wishes.append(kept.wish);
    m_settings.setKeptTunnels(keptTunnelsToBytes(wishes));
}

void TunnelsFeed::reopen()
{
    bool isWaiting = false;
    for (qsizetype i = 0; i < m_kept.size(); ++i) {
        Kept &kept = m_kept[i];
        if (kept.tunnel != 0)
            continue;
        isWaiting = true;
        if (std::exchange(kept.isAsked, true))
            continue;
        struct Answer {
            quint64 number = 0;
            QString nodeName;
            std::optional<Error> error;
        };
        const auto asked = m_engine.post([wish = kept.wish](Engine &engine) -> Result<Answer> {
            Answer answer;
            answer.nodeName = nodeName(engine, toId<NodeId>(wish.nodeId));
            const auto number = engine.tunnels().open(engine.atConsole(), requestOf(wish));
            if (number)
                answer.number = *number;
            else
                answer.error = number.error();
            return answer;
        });
        onResult(asked, this, [this, wish = kept.wish](const Result<Answer> &answer) {
            for (qsizetype at = 0; at < m_kept.size(); ++at) {
                Kept &entry = m_kept[at];
                if (!(entry.wish == wish) || entry.tunnel != 0 || !entry.isAsked)
                    continue;
                entry.isAsked = false;
                const bool isOpen = answer && !answer->error;
                entry.tunnel = isOpen ? answer->number : 0;
                if (isOpen)
                    return m_news.removed({keptId(at)});
                TunnelRow row;
                row.id = keptId(at);
                row.wish = wish;
                row.nodeName = answer ? answer->nodeName : wish.nodeId;
                row.state = TunnelRow::State::NotOpen;
                row.cause = tunnelShown(toQString(answer ? answer->error->message : answer.error().message));
                return m_news.arrived({row});
            }
        });
    }
    if (isWaiting)
        m_retry.start();
    else
        m_retry.stop();
}

// ---- Wishes --------------------------------------------------------------------------------------------------------

void TunnelsFeed::open(const TunnelWish &wish, std::function<void(const ShownError &, int)> done)
{
    struct Answer {
        quint64 number = 0;
        int localPort = 0;
        std::optional<Error> error;
        int freePort = 0;
    };
    const auto asked = m_engine.post([wish](Engine &engine) -> Result<Answer> {
        Answer answer;
        const auto number = engine.tunnels().open(engine.atConsole(), requestOf(wish));
        if (number) {
            answer.number = *number;
            answer.localPort = engine.tunnels().tunnel(*number)->localPort;
        } else {
            answer.error = number.error();
            if (number.error().field == "localPortNumber")
                answer.freePort = freeLocalPort();
        }
        return answer;
    });
    onResult(asked, this, [this, wish, done = std::move(done)](const Result<Answer> &answer) {
        if (!answer)
            return done(shownErrorOf(answer.error()), 0);
        if (answer->error)
            return done(shownErrorOf(*answer->error), answer->freePort);
        if (wish.keepOpen) {
            Kept kept {.wish = wish, .tunnel = answer->number};
            kept.wish.localPort = answer->localPort; // the same port next time
            m_kept.append(kept);
            keep();
        }
        done({}, 0);
    });
}

void TunnelsFeed::close(const QString &id, std::function<void(const ShownError &)> done)
{
    const quint64 number = id.startsWith(kLivePrefix) ? id.mid(kLivePrefix.size()).toULongLong() : 0;
    for (qsizetype i = 0; i < m_kept.size(); ++i) {
        if (number != 0 ? m_kept[i].tunnel != number : keptId(i) != id)
            continue;
        m_kept.removeAt(i);
        keep();
        break;
    }
    if (number == 0) {
        m_news.removed({id});
        return done({});
    }
    const auto asked = m_engine.post(
        [number](Engine &engine) { return engine.tunnels().close(engine.atConsole(), number); });
    onResult(asked, this, [done = std::move(done)](const Result<void> &closed) {
        done(closed ? ShownError() : shownErrorOf(closed.error()));
    });
}

void TunnelsFeed::noteRenewal(const QString &sessionId, std::chrono::minutes time,
                              std::function<void(const ShownError &)> done)
{
    const auto asked = m_engine.post([sessionId, time](Engine &engine) -> Result<void> {
        return engine.sessions()
            .renewDesktop(engine.atConsole(), toId<SessionId>(sessionId), time)
            .map([](Instant) {});
    });
    onResult(asked, this, [done = std::move(done)](const Result<void> &answer) {
        done(answer ? ShownError() : shownErrorOf(answer.error()));
    });
}

}
