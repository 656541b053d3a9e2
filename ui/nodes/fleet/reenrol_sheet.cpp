#include "ui/nodes/fleet/reenrol_sheet.h"

#include "models/nodes/activations/enrolment_texts.h"
#include "models/table/relative_time.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPlainTextEdit>

namespace fb {

using namespace Qt::StringLiterals;

ReenrolSheet::ReenrolSheet(FleetViewModel &fleet, const QString &nodeId, const QString &nodeName,
                           QWidget *window)
    : Sheet(tr("Re-enrol %1").arg(nodeName), window),
      m_fleet(fleet),
      m_nodeId(nodeId),
      m_banner(new Banner),
      m_words(new TextLabel(tr("For a machine that was reinstalled: a single-use token makes it this node "
                               "again, under the same ID, with its name, tags and history. The node's "
                               "present certificate and connection end when the token is used."),
                            TextRole::Body)),
      m_text(new QPlainTextEdit),
      m_copy(makeButton(u"reenrolCopy"_s, tr("Copy"), Icon::Copy)),
      m_make(makeButton(u"reenrolMake"_s, tr("Create a token"), Icon::None, ButtonKind::Primary)),
      m_cancel(makeButton(u"reenrolCancel"_s, tr("Cancel")))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"reenrolSheet"_s);
    m_words->setWordWrap(true);
    m_text->setObjectName(u"reenrolText"_s);
    m_text->setProperty("fbField", true);
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false); // the code is in no history
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(tr("What to paste"));
    m_text->setFont(themeOf(this).font(TextRole::Code));
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    m_text->setFixedHeight(m.lines(6.5));
    m_text->hide();
    m_copy->hide();
    markChange(m_make, "flagbridge:CreateReenrolmentToken");
    body()->addWidget(m_banner);
    body()->addWidget(m_words);
    body()->addWidget(m_text);
    body()->addWidget(m_copy, 0, Qt::AlignLeft);
    body()->addStretch(1);
    foot()->addStretch(1);
    foot()->addWidget(m_cancel);
    foot()->addWidget(m_make);
    connect(m_cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_make, &QPushButton::clicked, this, &ReenrolSheet::make);
    connect(m_copy, &QPushButton::clicked, this, &ReenrolSheet::copy);
    connect(&m_fleet, &FleetViewModel::activationMade, this, [this](const ActivationMade &made) {
        if (made.requestId == m_request)
            show(made);
    });
    connect(&m_fleet, &FleetViewModel::activationRefused, this,
            [this](const QString &request, const ShownError &problem) {
                if (request != m_request)
                    return;
                m_make->setEnabled(true);
                m_banner->showProblem(problem, tr("No token was created."));
            });
}

void ReenrolSheet::make()
{
    if (EditGate::waits(*m_make))
        return;
    m_banner->hide();
    m_make->setEnabled(false);
    m_request = m_fleet.createReenrolmentToken(m_nodeId);
}

void ReenrolSheet::show(const ActivationMade &made)
{
    m_words->setText(tr("Paste this on the reinstalled machine. It is shown only once and works until %1, "
                        "for one machine.")
                         .arg(RelativeTime::exact(made.expires)));
    m_text->setPlainText(EnrolmentTexts::text(made, EnrolmentWay::Command));
    m_text->show();
    m_copy->show();
    m_make->hide();
    m_cancel->setText(tr("Done"));
    m_copy->setFocus(Qt::TabFocusReason);
}

void ReenrolSheet::copy()
{
    auto *content = new QMimeData; // the clipboard's
    content->setText(m_text->toPlainText());
    content->setData(u"x-kde-passwordManagerHint"_s, "secret"); // clipboard histories leave it out
    QGuiApplication::clipboard()->setMimeData(content);
}

}
