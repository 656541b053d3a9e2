#include "ui/nodes/fleet/register_anew_sheet.h"

#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>

namespace fb {

using namespace Qt::StringLiterals;

RegisterAnewSheet::RegisterAnewSheet(const QString &nodeName, QWidget *window)
    : Sheet(tr("Register the other machine as a new node"), window)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"registerAnewSheet"_s);
    auto *words = new TextLabel(tr("The other machine has a copy of the identity of %1, usually from a disk "
                                   "image. Create an activation for it, then run this there with the "
                                   "activation's values. It becomes a node of its own; %1 is not affected.")
                                    .arg(nodeName),
                                TextRole::Body);
    words->setWordWrap(true);
    auto *text = new QPlainTextEdit(
        u"systemctl stop flagbridge-agent\n"
        "flagbridge-agent register --force -y --state /var/lib/flagbridge-agent --engine URL "
        "--activation-id ID --activation-code CODE --ca-sha256 HEX\n"
        "systemctl start flagbridge-agent"_s);
    text->setObjectName(u"registerAnewText"_s);
    text->setProperty("fbField", true);
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setAccessibleName(tr("What to run on the other machine"));
    text->setFont(themeOf(this).font(TextRole::Code));
    text->setWordWrapMode(QTextOption::WrapAnywhere);
    text->setFixedHeight(m.lines(6.5));
    auto *copy = makeButton(u"registerAnewCopy"_s, tr("Copy"), Icon::Copy);
    auto *advice = new TextLabel(tr("Before you image a disk, run flagbridge-agent prepare-image --state DIR "
                                    "to wipe its identity, so that copies are not clones."),
                                 TextRole::Body, Token::Text2);
    advice->setWordWrap(true);
    body()->addWidget(words);
    body()->addWidget(text);
    body()->addWidget(copy, 0, Qt::AlignLeft);
    body()->addWidget(advice);
    body()->addStretch(1);
    auto *close = makeButton(u"registerAnewClose"_s, tr("Close"));
    auto *make
        = makeButton(u"registerAnewMake"_s, tr("Create an activation"), Icon::None, ButtonKind::Primary);
    markChange(make, "flagbridge:CreateReenrolmentToken");
    foot()->addStretch(1);
    foot()->addWidget(close);
    foot()->addWidget(make);
    connect(copy, &QPushButton::clicked, this,
            [text] { QGuiApplication::clipboard()->setText(text->toPlainText()); });
    connect(close, &QPushButton::clicked, this, &Sheet::close);
    connect(make, &QPushButton::clicked, this, [this] {
        Sheet::close();
        emit enrolRequested();
    });
}

}
