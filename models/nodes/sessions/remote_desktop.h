#pragma once
// Remote desktops (spec/fleet-manager.md 3.9): a tunnel to the node's RDP port, and this machine's RDP client at its end, in a window of its own. The
// password goes to the client's standard input: never into its arguments, the engine, or a file. A tunnel ends with its client. Ui thread.

#include "models/nodes/sessions/tunnels_source.h"

#include <QByteArray>
#include <QObject>

#include <memory>
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

class RemoteDesktops : public QObject
{
    Q_OBJECT
public:
    static constexpr int kMost = 5; // at once
    using Done = std::function<void(const ShownError &problem)>;

    explicit RemoteDesktops(TunnelsViewModel &tunnels, QObject *parent = nullptr);
    ~RemoteDesktops() override; // the clients end, and their tunnels

    // The RDP client of this machine, FreeRDP's: its path; empty: there is none.
    static QString clientProgram();
    static QStringList arguments(const DesktopWish &wish, int localPort);

    void open(const DesktopWish &wish, Done done); // done: the client runs, or why not
    int count() const { return static_cast<int>(m_open.size()); }

signals:
    void ended(const QString &nodeName, const fb::ShownError &problem); // empty: by its operator

private:
    struct Desktop {
        DesktopWish wish;
        TunnelWish tunnel;
        QString tunnelId;
        Done done;
        std::unique_ptr<QProcess> client;
        QByteArray said; // the end of what the client wrote
    };

    void followTunnels();
    void startClient(Desktop &desktop, int localPort);
    void finish(Desktop *desktop, const ShownError &problem);

    TunnelsViewModel &m_tunnels;
    std::vector<std::unique_ptr<Desktop>> m_open;
    int m_count = 0; // so far: their tunnels' names differ
};

}
