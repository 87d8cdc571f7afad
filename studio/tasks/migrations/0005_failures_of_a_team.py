from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0004_stop_following'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('status', 'failed')), fields=['team', 'provider', '-finished_at'], name='failures_of_a_team'),
        ),
    ]
