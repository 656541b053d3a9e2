#pragma once
// Remote desktops (spec/fleet-manager.md 3.9): a tunnel to the node's RDP port, and this machine's RDP client at its end, in a window of its own or in
// one of ours. The password goes to the client's standard input: never into its arguments, the engine, or a file. A tunnel ends with its client, and
// both when its time is over. Ui thread.

#include "models/nodes/sessions/desktop_time.h"
#include "models/nodes/sessions/tunnels_source.h"

#include <QByteArray>
#include <QObject>
#include <QSize>

#include <memory>
#include <optional>
#include <vector>

class QProcess;

namespace fb {

struct DesktopWish {
    QString nodeId;
    QString nodeName;
    QString host; // as the node finds it; empty: the node itself
    int port = 3389;
    QString user; // also "DOMAIN\user"
    QByteArray password; // UTF-8, no line break
};

// A window of ours that the client is to show itself in.
struct DesktopPlace {
    quint64 window = 0; // of the X server
    QSize pixels;
};

// As pages show it.
struct DesktopRow {
    int number = 0; // its own, of this console
    QString nodeName;
    QString target; // "localhost:3389", as the node finds it
    QString user;
    bool isOpen = false; // the client runs
    bool isPlaced = false; // in a window of ours
    std::chrono::seconds left {}; // of its time
    std::chrono::seconds endsIn {}; // by its time or because nothing is done in it
    DesktopEnd endsSoon = DesktopEnd::None; // tell it
    DesktopLimits limits; // of this one
    bool operator==(const DesktopRow &) const = default;
};

class RemoteDesktops : public QObject
{
    Q_OBJECT
public:
    using Done = std::function<void(const ShownError &problem)>;
    using PlaceFor = std::function<std::optional<DesktopPlace>(int number)>;

    RemoteDesktops(TunnelsViewModel &tunnels, const Clock &clock, QObject *parent = nullptr);
    ~RemoteDesktops() override; // the clients end, and their tunnels

    // The RDP client of this machine, FreeRDP's: its path; empty: there is none.
    static QString clientProgram();
    static bool isTimeOver(const ShownError &problem);
    static QStringList arguments(const DesktopWish &wish, int localPort,
                                 const std::optional<DesktopPlace> &place = {});

    // Asked when a client is about to start; no answer: in a window of its own.
    void setPlaces(PlaceFor placeFor) { m_placeFor = std::move(placeFor); }
    void open(const DesktopWish &wish, Done done); // done: the client runs, or why not
    void setLimits(const DesktopLimits &limits); // of those that begin or are renewed from here on
    const DesktopLimits &limits() const { return m_limits; }
    // Once the engine has noted who did it and until when; problem: it was not renewed. What is gone is left out, here and below.
    void renew(int number, Done done = {});
    void end(int number);
    QList<DesktopRow> rows() const; // oldest first
    int count() const { return static_cast<int>(m_open.size()); }

public slots:
    void lookAtTimes(); // each second by itself

signals:
    void rowsChanged(); // one more, one less, or another state
    void limitsChanged();
    void timesChanged(); // each second while there are some
    void endsSoon(const fb::DesktopRow &desktop); // once, until it is renewed or used
    // By its operator: no problem. By its client: why. By its time: one with isTimeOver.
    void ended(const QString &nodeName, const fb::ShownError &problem);

private:
    struct Desktop {
        int number = 0;
        DesktopWish wish;
        TunnelWish tunnel;
        QString tunnelId;
        qint64 toNode = 0;
        DesktopTime time;
        bool isTold = false; // that it ends soon
        bool isOpen = false;
        bool isPlaced = false;
        Done done;
        std::unique_ptr<QProcess> client;
        QByteArray said; // the end of what the client wrote
    };

    void openTunnel(Desktop *desktop);
    void followTunnels();
    void startClient(Desktop &desktop, int localPort);
    void finish(Desktop *desktop, const ShownError &problem);
    Desktop *find(int number) const;
    DesktopRow rowOf(const Desktop &desktop) const;

    TunnelsViewModel &m_tunnels;
    const Clock &m_clock;
    DesktopLimits m_limits;
    PlaceFor m_placeFor;
    std::vector<std::unique_ptr<Desktop>> m_open;
    QTimer m_second;
    int m_count = 0; // so far: their tunnels' names differ
};

}

Q_DECLARE_METATYPE(fb::DesktopRow)
