#include "ui/welcome/headless_sheet.h"

#include "ui/theme/theme.h"
#include "ui/widgets/command_text.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

HeadlessSheet::HeadlessSheet(QWidget *window) : Sheet(tr("Set up without a desktop"), window)
{
    setObjectName(u"headlessSheet"_s);
    auto *words = new TextLabel(tr("flagbridge-engine is this console's engine without a window. Its "
                                   "commands talk to a running engine through its data folder."),
                                TextRole::Body, Token::Text2);
    words->setWordWrap(true);
    body()->addWidget(words);
    addStep(u"headlessServe"_s, tr("Start an engine"),
            tr("The passphrase seals the master key in the data folder. Other machines reach the engine by "
               "the advertised name."),
            u"install -d -m 700 /var/lib/flagbridge\n"
            "(umask 077; head -c 32 /dev/urandom | base64 > /root/flagbridge.pass)\n"
            "flagbridge-engine serve --data /var/lib/flagbridge \\\n"
            "    --listen 0.0.0.0:8443 --advertise $(hostname -f) \\\n"
            "    --passphrase-file /root/flagbridge.pass"_s);
    addStep(u"headlessNode"_s, tr("Bring a first node across"),
            tr("Prints the command to paste on the node. The code in it is shown only once."),
            u"flagbridge-engine activation create --data /var/lib/flagbridge \\\n"
            "    --limit 10 --expires 24h --tag env=prod --json"_s);
    addStep(u"headlessPostgres"_s, tr("Keep the store in PostgreSQL"),
            tr("Once on the database server; then start the engine with its address. The password stays in "
               "~/.pgpass."),
            u"createuser --pwprompt flagbridge && createdb --owner flagbridge flagbridge\n"
            "flagbridge-engine serve --data /var/lib/flagbridge \\\n"
            "    --store 'postgresql://flagbridge@db.example.org/flagbridge?sslmode=verify-full' \\\n"
            "    --passphrase-file /root/flagbridge.pass"_s);
    body()->addStretch(1);
    auto *close = makeButton(u"headlessClose"_s, tr("Close"));
    foot()->addStretch(1);
    foot()->addWidget(close);
    connect(close, &QPushButton::clicked, this, &Sheet::close);
}

void HeadlessSheet::addStep(const QString &name, const QString &title, const QString &sentence,
                            const QString &commands)
{
    const Metrics &m = themeOf(this).metrics();
    auto *heading = new TextLabel(title, TextRole::SectionHeading);
    auto *words = new TextLabel(sentence, TextRole::Body, Token::Text2);
    words->setWordWrap(true);
    auto *step = new QVBoxLayout;
    step->setSpacing(m.step(1.5));
    step->addWidget(heading);
    step->addWidget(words);
    step->addWidget(new CommandText(name, title, commands));
    body()->addLayout(step);
}

}
