#include "ui/nodes/agentbuilds/release_key_sheet.h"

#include "models/nodes/agentbuilds/build_commands.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/command_text.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/file_pick.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

ReleaseKeySheet::ReleaseKeySheet(AgentBuildsViewModel &builds, QWidget *window)
    : Sheet(tr("Set the release key"), window),
      m_builds(builds),
      m_banner(new Banner),
      m_file(new FilePick(u"releaseKeyFile"_s, FilePick::For::Opening, tr("Public key"))),
      m_field(new FormField(
          tr("Public key"), m_file,
          tr("An Ed25519 public key: PEM, or 64 hex digits. The private key stays where builds are made."),
          true)),
      m_save(makeButton(u"releaseKeySave"_s, tr("Set the key"), Icon::None, ButtonKind::Primary))
{
    setObjectName(u"releaseKeySheet"_s);
    auto *words = new TextLabel(
        m_builds.releaseKey().hex.isEmpty()
            ? tr("Nodes registered from now on accept only agent builds signed with this key.")
            : tr("Nodes registered from now on trust the new key. Existing nodes keep the key they were "
                 "registered with: they accept no build signed with the new key unless their agent is "
                 "started with --release-key."),
        TextRole::Body, Token::Text2);
    words->setWordWrap(true);
    auto *how
        = new TextLabel(tr("No key yet? Create one where builds are made:"), TextRole::Body, Token::Text2);
    how->setWordWrap(true);
    body()->addWidget(m_banner);
    body()->addWidget(words);
    body()->addWidget(m_field);
    body()->addWidget(how);
    body()->addWidget(
        new CommandText(u"releaseKeyCommands"_s, tr("commands that create a key"), BuildCommands::makeKey()));
    body()->addStretch(1);
    auto *cancel = makeButton(u"releaseKeyCancel"_s, tr("Cancel"));
    markChange(m_save, "flagbridge:SetReleaseKey");
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(m_save);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_save, &QPushButton::clicked, this, &ReleaseKeySheet::save);
}

QWidget *ReleaseKeySheet::firstField() { return m_file; }

void ReleaseKeySheet::save()
{
    if (EditGate::waits(*m_save))
        return;
    m_banner->hide();
    m_field->setError({});
    if (m_file->path().isEmpty()) {
        m_field->setError(tr("Choose the file of the public key."));
        return m_file->setFocus();
    }
    m_save->setEnabled(false);
    m_builds.source().setReleaseKey(
        m_file->path(), [self = QPointer<ReleaseKeySheet>(this)](const ShownError &problem) {
            if (!self)
                return;
            self->m_save->setEnabled(true);
            if (problem.isEmpty()) {
                self->close();
                emit self->saved();
                return;
            }
            self->m_banner->showProblem(problem, tr("The release key was not set."));
            if (problem.field == u"ReleaseKey") {
                self->m_field->setError(problem.message);
                self->m_file->setFocus();
            }
        });
}

}
