#include "models/nodes/sessions/remote_desktop.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <ranges>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    const auto kTimeIsOver = u"TimeIsOver"_s;
    const auto kIdle = u"Idle"_s;
    constexpr qsizetype kMostSaid = 4096;
    constexpr int kFirstPort = 61000;
    constexpr int kLastPort = 65535;
    constexpr std::chrono::milliseconds kEndWithin {2000};

    ShownError problemOf(ShownError::Kind kind, const QString &code, const QString &message)
    {
        return {.kind = kind, .code = code, .message = message, .field = {}};
    }

    ShownError overBy(DesktopEnd end, const DesktopLimits &limits)
    {
        if (end == DesktopEnd::Time)
            return problemOf(
                ShownError::Kind::State, kTimeIsOver,
                RemoteDesktops::tr("A remote desktop ends after %n minute(s) unless it is renewed.", nullptr,
                                   static_cast<int>(limits.longest.count())));
        return problemOf(ShownError::Kind::State, kIdle,
                         RemoteDesktops::tr("It was idle for %n minute(s).", nullptr,
                                            static_cast<int>(limits.idle.count())));
    }

    // The client remembers a certificate by name and port: the same desktop has the same port of this machine, if it is free. Of those
    // that no program is given by chance.
    int usualPort(const DesktopWish &wish)
    {
        const QByteArray target
            = (wish.nodeId + u'\n' + wish.host + u'\n' + QString::number(wish.port)).toUtf8();
        const QByteArray hash = QCryptographicHash::hash(target, QCryptographicHash::Sha256);
        const int number = static_cast<uchar>(hash[0]) * 256 + static_cast<uchar>(hash[1]);
        return kFirstPort + number % (kLastPort - kFirstPort + 1);
    }

    // The last line that says something: FreeRDP puts time and place before its words.
    QString lastWords(const QByteArray &said)
    {
        const QList<QByteArray> lines = said.split('\n');
        for (const QByteArray &line : lines | std::views::reverse) {
            if (line.contains("ERROR") || line.contains("error"))
                return QString::fromUtf8(line.mid(line.lastIndexOf(" - ") + 1)).trimmed().left(300);
        }
        return {};
    }
}

RemoteDesktops::RemoteDesktops(TunnelsViewModel &tunnels, const Clock &clock, QObject *parent)
    : QObject(parent),
      m_tunnels(tunnels),
      m_clock(clock)
{
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, &RemoteDesktops::lookAtTimes);
    connect(&m_tunnels, &ListViewModel::valuesChanged, this, &RemoteDesktops::followTunnels);
}

RemoteDesktops::~RemoteDesktops()
{
    for (const auto &desktop : m_open) {
        if (desktop->client) {
            desktop->client->disconnect(this);
            desktop->client->terminate();
            if (!desktop->client->waitForFinished(static_cast<int>(kEndWithin.count())))
                desktop->client->kill();
        }
    }
}

QString RemoteDesktops::clientProgram()
{
    for (const auto &name : {u"xfreerdp3"_s, u"xfreerdp"_s}) {
        if (QString found = QStandardPaths::findExecutable(name); !found.isEmpty())
            return found;
    }
    return {};
}

bool RemoteDesktops::isTimeOver(const ShownError &problem)
{
    return problem.code == kTimeIsOver || problem.code == kIdle;
}

QStringList RemoteDesktops::arguments(const DesktopWish &wish, int localPort,
                                      const std::optional<DesktopPlace> &place)
{
    QStringList arguments {u"/v:localhost:%1"_s.arg(localPort), u"/from-stdin:force"_s,
                           u"/cert:tofu,name:%1"_s.arg(wish.nodeId), u"+clipboard"_s,
                           u"/t:%1"_s.arg(wish.nodeName)};
    if (!wish.user.isEmpty())
        arguments << u"/u:"_s + wish.user;
    if (!place)
        return arguments << u"/dynamic-resolution"_s;
    // In a window of ours the picture is scaled, which every server bears, and the keys are ours to take back.
    arguments << u"/parent-window:%1"_s.arg(place->window)
              << u"/size:%1x%2"_s.arg(place->pixels.width()).arg(place->pixels.height()) << u"/smart-sizing"_s
              << u"-grab-keyboard"_s;
    return arguments;
}

void RemoteDesktops::open(const DesktopWish &wish, Done done)
{
    const auto refuse = [this, done](const ShownError &problem) {
        QTimer::singleShot(0, this, [done, problem] { done(problem); });
    };
    if (clientProgram().isEmpty())
        return refuse(
            problemOf(ShownError::Kind::State, u"NoClient"_s,
                      tr("This machine has no RDP client. Install FreeRDP: the package freerdp2-x11.")));
    if (count() >= m_limits.most)
        return refuse(problemOf(ShownError::Kind::Limit, u"TooMany"_s,
                                tr("%n remote desktop(s) are open, which is the limit.", nullptr, count())));
    auto desktop = std::make_unique<Desktop>();
    desktop->number = ++m_count;
    desktop->wish = wish;
    desktop->done = std::move(done);
    //: name of a tunnel; %1 counts up
    desktop->tunnel = {.nodeId = wish.nodeId,
                       .host = wish.host,
                       .port = wish.port,
                       .localPort = usualPort(wish),
                       .name = tr("Remote desktop %1").arg(desktop->number),
                       .keepOpen = false};
    Desktop *asked = m_open.emplace_back(std::move(desktop)).get();
    openTunnel(asked);
    emit rowsChanged();
}

void RemoteDesktops::openTunnel(Desktop *desktop)
{
    m_tunnels.source().open(desktop->tunnel, [this, desktop](const ShownError &problem, int) {
        if (problem.field == u"localPortNumber" && std::exchange(desktop->tunnel.localPort, 0) != 0)
            openTunnel(desktop); // its usual port is taken: any other
        else if (!problem.isEmpty())
            finish(desktop, problem);
        else
            followTunnels(); // it may be in the list already
    });
}

RemoteDesktops::Desktop *RemoteDesktops::find(int number) const
{
    const auto found = std::find_if(m_open.begin(), m_open.end(),
                                    [number](const auto &each) { return each->number == number; });
    return found == m_open.end() ? nullptr : found->get();
}

void RemoteDesktops::setLimits(const DesktopLimits &limits)
{
    if (std::exchange(m_limits, limits) != limits)
        emit limitsChanged();
}

void RemoteDesktops::renew(int number, Done done)
{
    const Desktop *asked = find(number);
    if (!asked || !asked->isOpen)
        return;
    const TunnelRow *tunnel = m_tunnels.values().value(asked->tunnelId);
    m_tunnels.source().noteRenewal(tunnel ? tunnel->sessionId : QString(), m_limits.longest,
                                   [this, number, done, limits = m_limits](const ShownError &problem) {
                                       Desktop *desktop = find(number); // it may have ended meanwhile
                                       if (desktop && desktop->isOpen && problem.isEmpty()) {
                                           desktop->time.renew(m_clock.tick(), limits);
                                           lookAtTimes();
                                       }
                                       if (done)
                                           done(problem);
                                   });
}

void RemoteDesktops::end(int number)
{
    if (Desktop *desktop = find(number))
        finish(desktop, {});
}

DesktopRow RemoteDesktops::rowOf(const Desktop &desktop) const
{
    DesktopRow row {.number = desktop.number,
                    .nodeName = desktop.wish.nodeName,
                    .target = desktop.tunnel.target(),
                    .user = desktop.wish.user,
                    .isOpen = desktop.isOpen,
                    .isPlaced = desktop.isPlaced};
    if (desktop.isOpen) {
        row.left = desktop.time.left(m_clock.tick());
        row.endsIn = desktop.time.endsIn(m_clock.tick());
        row.endsSoon = desktop.time.endsSoon(m_clock.tick());
        row.limits = desktop.time.limits();
    }
    return row;
}

QList<DesktopRow> RemoteDesktops::rows() const
{
    QList<DesktopRow> rows;
    for (const auto &desktop : m_open)
        rows.append(rowOf(*desktop));
    return rows;
}

void RemoteDesktops::lookAtTimes()
{
    const Tick now = m_clock.tick();
    std::vector<std::pair<Desktop *, ShownError>> over;
    QList<DesktopRow> soon;
    for (const auto &desktop : m_open) {
        if (!desktop->isOpen)
            continue;
        desktop->time.sent(now, desktop->toNode);
        if (const DesktopEnd end = desktop->time.ends(now); end != DesktopEnd::None)
            over.emplace_back(desktop.get(), overBy(end, desktop->time.limits()));
        const bool endsSoon = desktop->time.endsSoon(now) != DesktopEnd::None;
        if (endsSoon && !desktop->isTold)
            soon.append(rowOf(*desktop));
        desktop->isTold = endsSoon;
    }
    for (const auto &[desktop, problem] : over)
        finish(desktop, problem);
    for (const DesktopRow &row : soon) {
        if (find(row.number))
            emit this->endsSoon(row);
    }
    emit timesChanged();
}

void RemoteDesktops::followTunnels()
{
    std::vector<std::pair<Desktop *, ShownError>> gone;
    for (const auto &desktop : m_open) {
        const TunnelRow *row = nullptr;
        for (const TunnelRow &each : m_tunnels.values().values()) {
            if (each.wish.name == desktop->tunnel.name && each.wish.nodeId == desktop->tunnel.nodeId)
                row = &each;
        }
        if (row)
            desktop->toNode = row->toNode;
        if (row && row->localPort != 0 && !desktop->client) {
            desktop->tunnelId = row->id;
            startClient(*desktop, row->localPort);
        } else if (!row && !desktop->tunnelId.isEmpty()) { // closed by hand, or it came to its time-out
            gone.emplace_back(desktop.get(), ShownError());
        }
    }
    for (const auto &[desktop, problem] : gone)
        finish(desktop, problem);
}

void RemoteDesktops::startClient(Desktop &desktop, int localPort)
{
    desktop.client = std::make_unique<QProcess>();
    QProcess *client = desktop.client.get();
    client->setProcessChannelMode(QProcess::MergedChannels);
    connect(client, &QProcess::readyRead, this,
            [&desktop, client] { desktop.said = (desktop.said + client->readAll()).right(kMostSaid); });
    connect(client, &QProcess::started, this, [this, &desktop, client] {
        client->write(desktop.wish.password + '\n');
        client->closeWriteChannel();
        desktop.wish.password.fill('\0');
        desktop.wish.password.clear();
        desktop.isOpen = true;
        desktop.time.begin(m_clock.tick(), desktop.toNode, m_limits);
        m_second.start();
        emit rowsChanged();
        if (const Done done = std::exchange(desktop.done, {}))
            done({});
    });
    connect(client, &QProcess::errorOccurred, this, [this, &desktop, client](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(
                &desktop,
                problemOf(ShownError::Kind::State, u"NoClient"_s,
                          tr("%1 could not be started: %2").arg(client->program(), client->errorString())));
    });
    connect(client, &QProcess::finished, this, [this, &desktop](int code, QProcess::ExitStatus status) {
        // FreeRDP's codes up to 12 are ends of a session: logged off, disconnected, replaced.
        const bool isFailure = status == QProcess::CrashExit || code > 12;
        const QString words = lastWords(desktop.said);
        finish(&desktop,
               !isFailure ? ShownError()
                          : problemOf(ShownError::Kind::State, u"ClientFailed"_s,
                                      words.isEmpty() ? tr("The RDP client ended with code %1.").arg(code)
                                                      : tr("The RDP client reported: %1").arg(words)));
    });
    const auto place = m_placeFor ? m_placeFor(desktop.number) : std::nullopt;
    desktop.isPlaced = place.has_value();
    client->start(clientProgram(), arguments(desktop.wish, localPort, place));
}

void RemoteDesktops::finish(Desktop *desktop, const ShownError &problem)
{
    const auto found = std::find_if(m_open.begin(), m_open.end(),
                                    [desktop](const auto &each) { return each.get() == desktop; });
    if (found == m_open.end())
        return;
    const std::unique_ptr<Desktop> taken = std::move(*found);
    m_open.erase(found);
    if (m_open.empty())
        m_second.stop();
    if (QProcess *client = taken->client.release()) {
        client->disconnect(this); // we may be in one of its signals
        connect(client, &QProcess::finished, client, &QObject::deleteLater);
        if (client->state() == QProcess::NotRunning)
            client->deleteLater();
        else {
            client->terminate();
            QTimer::singleShot(kEndWithin, client, &QProcess::kill); // should it not listen
        }
    }
    if (m_tunnels.values().value(taken->tunnelId))
        m_tunnels.source().close(taken->tunnelId, [](const ShownError &) {});
    emit rowsChanged();
    if (taken->done)
        return taken->done(problem);
    emit ended(taken->wish.nodeName, problem);
}

}
