#pragma once
// A folder that stands in for a machine (the agent's --hardware-root): its nine values are a test's to change.

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace fb::test {

class ScriptedMachine
{
public:
    ScriptedMachine()
    {
        set("etc/machine-id", "11112222333344445555666677778888");
        set("etc/hostname", "web-1");
        set("proc/cpuinfo",
            "processor\t: 0\nmodel name\t: Example CPU 3000\n\nprocessor\t: 1\nmodel name\t: Example CPU "
            "3000\n");
        set("proc/meminfo", "MemTotal:       16371004 kB\nMemFree: 1 kB\n");
        set("sys/class/dmi/id/bios_vendor", "SeaBIOS");
        set("sys/class/dmi/id/bios_version", "1.16");
        set("sys/class/dmi/id/bios_date", "04/01/2014");
        set("sys/class/dmi/id/sys_vendor", "QEMU");
        set("sys/class/dmi/id/product_name", "Standard PC");
        set("sys/class/net/lo/address", "00:00:00:00:00:00");
        set("sys/class/net/br0/address", "02:42:00:00:00:01");
        set("sys/class/net/eth0/address", "52:54:00:12:34:56");
        set("sys/class/net/eth0/device/vendor", "0x1af4");
        set("sys/block/vda/size", "41943040"); // sectors
        set("sys/block/vda/serial", "disk-1");
        set("sys/block/vda/device/vendor", "0x1af4");
        set("sys/block/loop0/size", "1000");
        set("primary-address", "192.0.2.10");
    }

    QString root() const { return m_folder.path(); }
    void set(const char *path, const QByteArray &text)
    {
        const QString name = m_folder.filePath(QString::fromLatin1(path));
        QDir().mkpath(name.section(u'/', 0, -2));
        QFile file(name);
        if (!file.open(QIODevice::WriteOnly) || file.write(text + '\n') < 0)
            qFatal("cannot write %s", qPrintable(name));
    }
    QStringList agentArguments() const { return {QStringLiteral("--hardware-root"), root()}; }

private:
    QTemporaryDir m_folder;
};

}
