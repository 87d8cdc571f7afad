from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0005_index_and_count'),
    ]

    operations = [
        migrations.AddField(
            model_name='asset',
            name='duration',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='asset',
            name='upstream_id',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='asset',
            name='connection',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='asset',
            name='upstream_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='asset',
            name='kind',
            field=models.CharField(choices=[('image', 'Image'), ('video', 'Video')], max_length=16),
        ),
        migrations.AlterField(
            model_name='asset',
            name='source',
            field=models.CharField(choices=[('made', 'Made here'), ('upload', 'Uploaded'), ('mask', 'Mask'), ('frame', 'Taken from a video')], default='made', max_length=8),
        ),
    ]
