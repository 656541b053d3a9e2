#pragma once
// "Debian GNU/Linux 9" before "Debian GNU/Linux 12": digits within a text count as the number they are; case does not count. Any thread.

#include <QStringView>

namespace fb {

bool comesBeforeNaturally(QStringView a, QStringView b);

}
