#include "models/nodes/activations/enrolment_texts.h"

#include "models/table/visible_text.h"

#include <QRegularExpression>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr qsizetype kMostHosts = 1000; // of one activation

    // All parts come from the engine and hold neither quotation marks nor blanks.
    QStringList arguments(const ActivationMade &activation, const QString &codeFile)
    {
        return {u"register"_s,
                u"--state"_s,
                u"/var/lib/flagbridge-agent"_s,
                u"--engine"_s,
                activation.engineUrl,
                u"--activation-id"_s,
                activation.id,
                u"--activation-code-file"_s,
                codeFile,
                u"--ca-sha256"_s,
                activation.caSha256};
    }

    QString command(const ActivationMade &activation)
    {
        return u"flagbridge-agent "_s + arguments(activation, u"-"_s).join(u' ');
    }
}

QString EnrolmentTexts::text(const ActivationMade &activation, EnrolmentWay way, const QStringList &hosts)
{
    switch (way) {
    case EnrolmentWay::Command:
        return u"printf %s '%1' | sudo %2 && sudo systemctl enable --now flagbridge-agent"_s.arg(
            activation.code, command(activation));
    case EnrolmentWay::CloudInit: {
        QStringList quoted;
        const QStringList parts = arguments(activation, u"/run/flagbridge-code"_s);
        for (const QString &part : parts)
            quoted << u'"' + part + u'"';
        return u"#cloud-config\n"
               "write_files:\n"
               "  - path: /run/flagbridge-code\n"
               "    permissions: \"0600\"\n"
               "    content: \"%1\"\n"
               "runcmd:\n"
               "  - [\"flagbridge-agent\", %2]\n"
               "  - [\"rm\", \"-f\", \"/run/flagbridge-code\"]\n"
               "  - [\"systemctl\", \"enable\", \"--now\", \"flagbridge-agent\"]\n"_s.arg(
                   activation.code, quoted.join(u", "_s));
    }
    case EnrolmentWay::Ansible: {
        QString list;
        const QStringList parts = arguments(activation, u"-"_s);
        for (const QString &part : parts)
            list += u"      - \"%1\"\n"_s.arg(part);
        return u"- name: Register with Flagbridge\n"
               "  become: true\n"
               "  no_log: true\n"
               "  ansible.builtin.command:\n"
               "    argv:\n"
               "      - \"flagbridge-agent\"\n"
               "%1"
               "    stdin: \"%2\"\n"
               "    stdin_add_newline: false\n"
               "- name: Start the Flagbridge agent\n"
               "  become: true\n"
               "  ansible.builtin.systemd:\n"
               "    name: flagbridge-agent\n"
               "    enabled: true\n"
               "    state: started\n"_s.arg(list, activation.code);
    }
    case EnrolmentWay::Hosts: {
        QString lines = u"for host in %1; do\n"_s.arg(hosts.join(u' '));
        lines
            += u"  printf %s '%1' | ssh \"$host\" \"sudo %2 && sudo systemctl enable --now flagbridge-agent\"\n"_s
                   .arg(activation.code, command(activation));
        return lines + u"done\n"_s;
    }
    }
    return {};
}

QStringList EnrolmentTexts::readHosts(const QString &typed, QString &problem)
{
    // What ssh takes for a host; never an option, never a sign of the shell.
    static const QRegularExpression kHost(u"^[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,252}$"_s);
    QStringList hosts;
    problem.clear();
    const QStringList lines = typed.split(u'\n');
    for (const QString &line : lines) {
        const QString host = line.section(u'#', 0, 0).trimmed();
        if (host.isEmpty() || hosts.contains(host))
            continue;
        if (!kHost.match(host).hasMatch()) {
            problem = tr("\"%1\" is not a host name. Enter one name or address per line.")
                          .arg(visibleText(host, 60));
            return {};
        }
        hosts << host;
    }
    if (hosts.isEmpty())
        problem = tr("Enter one host per line.");
    else if (hosts.size() > kMostHosts)
        problem
            = tr("These are %1 hosts; one activation takes at most %2.").arg(hosts.size()).arg(kMostHosts);
    return problem.isEmpty() ? hosts : QStringList();
}

}
