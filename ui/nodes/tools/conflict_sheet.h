#pragma once
// Something stands already where a file is to be put: skip it, keep both, or replace it. Esc skips. Ui thread.

#include "models/nodes/tools/file_row.h"
#include "ui/widgets/sheet.h"

class QCheckBox;

namespace fb {

class ConflictSheet : public Sheet
{
    Q_OBJECT
public:
    ConflictSheet(const QByteArray &path, QWidget *window);

signals:
    void chosen(fb::FileChoice choice, bool forAll);

private:
    void choose(FileChoice choice);

    QCheckBox *m_forAll;
    bool m_isChosen = false;
};

}
