#pragma once
// A real systemd as the first process of namespaces of its own: own processes, mounts, host name and control groups, unit folders and journal on
// a tmpfs. Network, files and programs are this machine's, so that an agent started in it meets the test's engine. Needs root, the right to make
// namespaces, and a cgroup v2; where these are missing `whyNot` says so. Everything ends with it.

#include "tests/support/test_process.h"

#include <memory>

namespace fb::test {

class SystemdMachine
{
public:
    ~SystemdMachine();

    bool start();
    const QString &whyNot() const { return m_whyNot; } // it did not start

    void writeUnit(const QString &name, const QByteArray &text); // and systemd reads its units again
    // Of a program that runs in it, both channels together.
    QByteArray output(const QString &program, const QStringList &arguments) const;
    QByteArray property(const QString &unit, const QString &name) const; // as `systemctl show` tells it
    QStringList inside(const QString &program, const QStringList &arguments) const; // the command to start

private:
    bool fail(const QString &why);

    QString m_group; // its cgroup, as a path
    std::unique_ptr<TestProcess> m_process;
    qint64 m_first = 0; // pid of systemd, in our namespace
    QString m_whyNot;
};

}
